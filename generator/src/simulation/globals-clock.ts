import type { VirtualClock } from './clock.js';
import { replace } from './patch.js';
import { real } from './real.js';

/** Replaces `Date`, `performance.now`, `process.hrtime` and `process.uptime` by views of the virtual clock. */
export function installClockGlobals(clock: VirtualClock): void {
  installDate(() => clock.epochMs + Math.floor(clock.nowUs / 1000));

  // Own properties on the one object that both the global and node:perf_hooks hand out.
  replace(performance, 'now', { value: () => clock.nowUs / 1000 });
  replace(performance, 'timeOrigin', { value: clock.epochMs });

  const hrtime = (previous?: [number, number]): [number, number] => {
    const us = clock.nowUs - (previous ? previous[0] * 1e6 + previous[1] / 1000 : 0);
    return [Math.floor(us / 1e6), (us % 1e6) * 1000];
  };
  hrtime.bigint = () => BigInt(clock.nowUs) * 1000n;
  replace(process, 'hrtime', { value: hrtime });
  replace(process, 'uptime', { value: () => clock.nowUs / 1e6 });
}

function installDate(now: () => number): void {
  const RealDate = real.Date;

  // A function that shares the prototype, not a subclass: `instanceof` must also hold for dates that Node makes.
  function VirtualDate(...args: unknown[]): unknown {
    // What happens most often, without the detour that subclasses need.
    if (new.target === VirtualDate && args.length === 1) return new RealDate(args[0] as number);
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target);
  }
  VirtualDate.prototype = RealDate.prototype;
  replace(VirtualDate, 'length', { value: RealDate.length });
  replace(VirtualDate, 'name', { value: 'Date' });
  replace(VirtualDate, 'now', { value: now });
  replace(VirtualDate, 'parse', { value: RealDate.parse });
  replace(VirtualDate, 'UTC', { value: RealDate.UTC });
  replace(RealDate.prototype, 'constructor', { value: VirtualDate });
  replace(globalThis, 'Date', { value: VirtualDate });
  replace(RealDate, 'now', { value: now }); // for whoever has kept the real Date
}
