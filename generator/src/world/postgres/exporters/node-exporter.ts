import type { CpuUse } from '../cpu-account.js';
import type { ServerState } from '../server-state.js';
import type { Session } from '../session.js';
import { exposition, type MetricFamily, type Sample } from './exposition.js';

const GIB = 2 ** 30;
const MIB = 2 ** 20;
const SHARED_BUFFERS = 0.25;
const BACKEND_MIB = 9;
const WORK_MIB = 180;
const SYSTEM_GIB = 1.1;
/** How much more or less than the others a core does when the host is idle, at most. */
const UNEVENNESS = 0.25;
const MODES = ['idle', 'iowait', 'irq', 'nice', 'softirq', 'steal', 'system', 'user'] as const;
type Mode = (typeof MODES)[number];
/** Share of the system's time that node_exporter shows as handling of the network. */
const SOFTIRQ_SHARE = 0.12;
/** The host has been up for so long, with this use of its CPU. */
const UPTIME_S = 11 * 86_400;
const BOOT_SHARES: Readonly<Partial<Record<Mode, number>>> = {
  user: 0.27,
  system: 0.06,
  softirq: 0.006,
  iowait: 0.006,
};

const NOTHING: CpuUse = { user: 0, system: 0, iowait: 0, disk: 0 };

/** What node_exporter exposes of the database's host. */
export class NodeExporter {
  readonly #state: ServerState;
  readonly #sessions: Set<Session>;
  /** Seconds by core and mode since the host was started. */
  readonly #cores: Record<Mode, number>[];
  #atUs: number;
  #last: CpuUse = NOTHING;
  #load = { one: 0, five: 0, fifteen: 0 };

  constructor(state: ServerState, sessions: Set<Session>) {
    this.#state = state;
    this.#sessions = sessions;
    this.#atUs = state.clock.nowUs;
    this.#cores = Array.from({ length: state.account.cores }, () =>
      sinceBoot(state.random.between(0.95, 1.05)),
    );
    const usual = state.account.load;
    this.#load = { one: usual, five: usual, fifteen: usual };
  }

  scrape(): string {
    this.#addUp();
    return exposition([this.#cpu(), ...this.#loads(), ...this.#disk(), ...this.#memory()]);
  }

  /** Books what was done since the last scrape, spread over the cores. */
  #addUp(): void {
    const { clock, account, random } = this.#state;
    const seconds = (clock.nowUs - this.#atUs) / 1e6;
    if (seconds <= 0) return;
    const use = account.use();
    const grown = {
      user: use.user - this.#last.user,
      system: use.system - this.#last.system,
      iowait: use.iowait - this.#last.iowait,
    };
    const total = grown.user + grown.system + grown.iowait;
    const idleShare = Math.max(0, 1 - total / (seconds * account.cores));
    const weights = this.#cores.map(() => 1 + UNEVENNESS * idleShare * random.between(-1, 1));
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    for (const [i, core] of this.#cores.entries()) {
      const part = (weights[i] as number) / mean / account.cores;
      book(core, grown, Math.min(part, total === 0 ? part : seconds / total), seconds);
    }
    this.#damp((grown.user + grown.system + grown.iowait) / seconds, seconds);
    this.#atUs = clock.nowUs;
    this.#last = use;
  }

  #damp(running: number, seconds: number): void {
    const damped = (before: number, minutes: number) => {
      const kept = Math.exp(-seconds / (minutes * 60));
      return before * kept + running * (1 - kept);
    };
    const { one, five, fifteen } = this.#load;
    this.#load = { one: damped(one, 1), five: damped(five, 5), fifteen: damped(fifteen, 15) };
  }

  #cpu(): MetricFamily {
    const samples = this.#cores.flatMap((core, cpu) =>
      MODES.map((mode): Sample => ({ labels: { cpu: String(cpu), mode }, value: rounded(core[mode], 100) })),
    );
    const help = 'Seconds the CPUs spent in each mode.';
    return { name: 'node_cpu_seconds', help, type: 'counter', samples };
  }

  #loads(): MetricFamily[] {
    const { one, five, fifteen } = this.#load;
    return [
      gauge('node_load1', '1m load average.', rounded(one, 100)),
      gauge('node_load5', '5m load average.', rounded(five, 100)),
      gauge('node_load15', '15m load average.', rounded(fifteen, 100)),
    ];
  }

  #disk(): MetricFamily[] {
    const value = rounded(UPTIME_S * 0.09 + this.#last.disk, 1000);
    const samples = [{ labels: { device: 'nvme0n1' }, value }];
    const help = 'Total seconds spent doing I/Os.';
    return [{ name: 'node_disk_io_time_seconds', help, type: 'counter', samples }];
  }

  #memory(): MetricFamily[] {
    const { parameters } = this.#state;
    const total = parameters.memory_GiB * GIB * Math.max(1 / 16, parameters.scale);
    let used = SYSTEM_GIB * GIB + total * SHARED_BUFFERS;
    for (const { applicationName } of this.#sessions) {
      used += (applicationName === 'reporting' ? WORK_MIB : BACKEND_MIB) * MIB;
    }
    const available = Math.max(total * 0.02, total - used);
    return [
      gauge('node_memory_MemTotal_bytes', 'Memory information field MemTotal_bytes.', Math.round(total)),
      gauge(
        'node_memory_MemAvailable_bytes',
        'Memory information field MemAvailable_bytes.',
        Math.round(available),
      ),
      gauge(
        'node_memory_MemFree_bytes',
        'Memory information field MemFree_bytes.',
        Math.round(available * 0.08),
      ),
      gauge(
        'node_memory_Cached_bytes',
        'Memory information field Cached_bytes.',
        Math.round(available * 0.88),
      ),
    ];
  }
}

function sinceBoot(factor: number): Record<Mode, number> {
  const core = { idle: 0, iowait: 0, irq: 0, nice: 0, softirq: 0, steal: 0, system: 0, user: 0 };
  let busy = 0;
  for (const mode of MODES) {
    core[mode] = UPTIME_S * factor * (BOOT_SHARES[mode] ?? 0);
    busy += core[mode];
  }
  core.idle = UPTIME_S - busy;
  return core;
}

/** @param part of what all cores did that this one did @param seconds that have passed */
function book(core: Record<Mode, number>, grown: Omit<CpuUse, 'disk'>, part: number, seconds: number): void {
  const softirq = grown.system * SOFTIRQ_SHARE * part;
  const system = grown.system * part - softirq;
  const user = grown.user * part;
  const iowait = grown.iowait * part;
  core.softirq += softirq;
  core.system += system;
  core.user += user;
  core.iowait += iowait;
  core.idle += Math.max(0, seconds - softirq - system - user - iowait);
}

/** As precise as the kernel counts. */
function rounded(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}

function gauge(name: string, help: string, value: number): MetricFamily {
  return { name, help, type: 'gauge', samples: [{ labels: {}, value }] };
}
