/** Everything that is served beside the stores: the workbench's pages, and what they ask this server for. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Api, ApiAnswer, ApiRequest } from 'stores';
import { readDashboards, summary, type Window } from './dashboards.js';
import type { Exercise } from './exercise.js';
import { SourceFiles } from './source-files.js';
import { StaticFiles } from './static-files.js';

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));
/** By the ids that dashboards know the panels by. */
const PLUGINS = {
  'incidentbundle-databaseanalyzer-panel': 'plugins/database-analyzer-panel/dist',
  'incidentbundle-servicegraph-panel': 'plugins/service-graph-panel/dist',
} as const;

/** Pages load nothing from anywhere else, and send nothing there. Styles are written by Grafana's libraries at run time. */
const PAGE_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
} as const;

export interface PagesOptions {
  /** The built workbench. */
  readonly workbench: string;
  readonly window: Window;
  readonly exercise: Exercise;
  /** The service whose source a candidate reads: the very copy that was run. */
  readonly app: string;
}

/** What the workbench asks for by `/workbench/...`; the rest of the address is given. */
type Asked = (rest: string, request: ApiRequest) => ApiAnswer | undefined;

export function createPages({ workbench, window, exercise, app }: PagesOptions): Api {
  const dashboards = readDashboards(window);
  const source = new SourceFiles(app);
  const pages = new StaticFiles(workbench);
  const plugins = new Map(
    Object.entries(PLUGINS).map(([id, folder]) => [id, new StaticFiles(path.join(REPOSITORY, folder))]),
  );
  const asked: Readonly<Record<string, Asked>> = {
    incident: (rest) => (rest === '' ? json({ id: exercise.id, window }) : undefined),
    dashboards: (uid) => json(uid === '' ? [...dashboards.values()].map(summary) : dashboards.get(uid)),
    source: (name) => (name === '' ? json({ files: source.list }) : text(source.text(name))),
  };

  return async (request) => {
    const [, first = '', ...others] = request.path.split('/');
    if (first === 'workbench') return askWorkbench(others, request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'GET only');
    const encoding = request.headers['accept-encoding'];
    const name = request.path.slice(1);
    const file =
      first === 'plugins'
        ? plugins.get(others[0] ?? '')?.answer(others.slice(1).join('/'), encoding)
        : name === 'index.html'
          ? undefined
          : pages.answer(name, encoding);
    if (file) return file;
    if (path.posix.extname(name) !== '' && first !== 'd') return refuse(404, `there is no ${request.path}`);
    const page = pages.answer('index.html', encoding);
    if (!page) return refuse(404, 'the workbench is not built: npm run build');
    return { ...page, headers: { ...page.headers, ...PAGE_HEADERS } };
  };

  function askWorkbench([what = '', ...rest]: readonly string[], request: ApiRequest): ApiAnswer {
    if (what === 'reset' && rest.length === 0) {
      return request.method === 'POST'
        ? (json({ id: exercise.reset() }) as ApiAnswer)
        : refuse(405, 'POST only');
    }
    if (request.method !== 'GET') return refuse(405, 'GET only');
    const answer = Object.hasOwn(asked, what) ? asked[what]?.(rest.join('/'), request) : undefined;
    return answer ?? refuse(404, `there is no ${request.path}`);
  }
}

function json(value: unknown): ApiAnswer | undefined {
  if (value === undefined) return undefined;
  return { status: 200, headers: { 'Cache-Control': 'no-store' }, body: JSON.stringify(value) };
}

function text(body: string | undefined): ApiAnswer | undefined {
  if (body === undefined) return undefined;
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    body,
  };
}

function refuse(status: number, message: string): ApiAnswer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: `${message}\n` };
}
