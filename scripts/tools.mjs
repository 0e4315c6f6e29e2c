/** The programs that the tests need from the system: installed where that is possible, named where it is not. */
import { spawnSync } from 'node:child_process';

const TOOLS = [
  {
    name: 'PostgreSQL',
    probe: () => works('sh', ['-c', 'command -v initdb || ls /usr/lib/postgresql/*/bin/initdb']),
    packages: ['postgresql'],
  },
  {
    name: 'Chromium',
    probe: () => works(process.env.CHROMIUM ?? '/usr/bin/chromium', ['--version']),
    packages: ['chromium'],
  },
  { name: 'Prometheus', probe: () => works('prometheus', ['--version']), packages: ['prometheus'] },
];

function works(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Installs missing tools by apt (root on Debian); elsewhere prints what to install and exits 1. */
export function installTools() {
  const missing = TOOLS.filter((tool) => !tool.probe());
  if (missing.length === 0) return;
  const packages = missing.flatMap((tool) => tool.packages);
  if (process.getuid?.() === 0 && works('apt-get', ['--version'])) {
    console.log(`tests: installing ${packages.join(', ')}`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) =>
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  }
  const still = missing.filter((tool) => !tool.probe());
  if (still.length === 0) return;
  const list = still
    .map((tool) => `${tool.name} (Debian: apt-get install ${tool.packages.join(' ')})`)
    .join(', ');
  console.error(`tests: these programs are needed and missing: ${list}`);
  process.exit(1);
}
