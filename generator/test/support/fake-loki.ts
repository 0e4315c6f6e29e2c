/** Loki as far as a load needs it: push, series and counts, in the shapes of the real one. */
import { FakeServer, json, recorded } from './fake-server.js';

interface Stream {
  readonly labels: Readonly<Record<string, string>>;
  readonly times_ns: bigint[];
}

export class FakeLoki extends FakeServer {
  readonly streams: Stream[] = [];
  /** Lines that are taken and lost, as a real engine may. */
  lose = 0;
  /** Whether data pushes (not a load's mark) are left without an answer. */
  silent = false;

  constructor() {
    super(({ path, query, body }) => {
      switch (path) {
        case '/ready':
          return { status: 200, body: 'ready\n' };
        case '/loki/api/v1/push': {
          const { streams } = JSON.parse(body.toString());
          if (this.silent && streams[0].stream.state === undefined) return undefined;
          for (const { stream, values } of streams) this.#take(stream, values);
          return { status: 204, body: '' };
        }
        case '/loki/api/v1/series': {
          const [start, end] = [BigInt(query.get('start') ?? 0), BigInt(query.get('end') ?? 0)];
          const found = this.#matching(query.get('match[]') ?? '').filter(({ times_ns }) =>
            times_ns.some((time) => time >= start && time < end),
          );
          const answer = JSON.parse(recorded('lokiSeries').body);
          return json({ ...answer, data: found.map(({ labels }) => labels) });
        }
        case '/loki/api/v1/query':
          return json({ status: 'success', data: { resultType: 'vector', result: this.#count(query) } });
        default:
          return { status: 404, body: '404 page not found\n' };
      }
    });
  }

  #take(labels: Readonly<Record<string, string>>, values: readonly [string, string][]): void {
    const key = JSON.stringify(labels);
    let stream = this.streams.find((one) => JSON.stringify(one.labels) === key);
    if (!stream) {
      stream = { labels, times_ns: [] };
      this.streams.push(stream);
    }
    for (const [time] of values) {
      if (this.lose > 0 && labels.state === undefined) this.lose--;
      else stream.times_ns.push(BigInt(time));
    }
  }

  #matching(selector: string): readonly Stream[] {
    const wanted = [...selector.matchAll(/(\w+)="([^"]*)"/g)];
    return this.streams.filter(({ labels }) =>
      wanted.every(([, name = '', value]) => labels[name] === value),
    );
  }

  #count(query: URLSearchParams) {
    const [, selector = '', range = ''] =
      /^sum\(count_over_time\((\{.*\})\[(\d+)ms\]\)\)$/.exec(query.get('query') ?? '') ?? [];
    const end = BigInt(query.get('time') ?? 0);
    const start = end - BigInt(range) * 1_000_000n;
    const times = this.#matching(selector).flatMap(({ times_ns }) => times_ns);
    const lines = times.filter((time) => time > start && time <= end).length;
    return lines === 0 ? [] : [{ metric: {}, value: [Number(end / 1_000_000_000n), String(lines)] }];
  }
}
