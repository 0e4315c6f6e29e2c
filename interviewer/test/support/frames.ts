/** What a page costs while something on it moves: frames that came late, and the main thread's time. */
import type { Locator, Page } from 'playwright-core';

export interface FrameCost {
  readonly frames: number;
  /** Frames that began more than half a frame after their time. */
  readonly late: number;
  readonly longest_ms: number;
  /** Processor time of the page's main thread for each frame, which a busy machine makes no longer. */
  readonly main_ms: number;
  /** Where the slider was in the end. */
  readonly last: number | undefined;
}

export interface Movement {
  readonly element: Locator;
  /** To and fro over so many steps. */
  readonly span: number;
}

/** An even number of ways, for all spans that divide it: every movement ends where it began. */
const FRAMES = 240;
const FRAME_MS = 1000 / 60;

/** Presses an arrow key on a slider in every frame, or nothing when there is no movement, for about four seconds. */
export async function frameCost(page: Page, movement: Movement | undefined): Promise<FrameCost> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy_s = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const before_s = await busy_s();
  const element = await (movement?.element ?? page.locator('body')).elementHandle();
  const gaps = await page.evaluate(moveInEveryFrame, { element, span: movement?.span ?? 0, frames: FRAMES });
  const main_ms = ((await busy_s()) - before_s) * 1000;
  await session.detach();
  const last = await movement?.element.getAttribute('aria-valuenow');
  return {
    frames: gaps.length,
    late: gaps.filter((gap) => gap > 1.5 * FRAME_MS).length,
    longest_ms: Math.max(...gaps),
    main_ms: main_ms / gaps.length,
    last: last ? Number(last) : undefined,
  };
}

interface InPage {
  readonly element: { dispatchEvent(event: unknown): boolean } | null;
  readonly span: number;
  readonly frames: number;
}

/** Runs in the page. @returns the time from each frame to the next, in ms */
function moveInEveryFrame({ element, span, frames }: InPage): Promise<number[]> {
  const page = globalThis as unknown as {
    requestAnimationFrame(callback: (time: number) => void): void;
    KeyboardEvent: new (type: string, options: object) => unknown;
  };
  return new Promise((resolve) => {
    const times: number[] = [];
    const frame = (time: number) => {
      times.push(time);
      if (times.length > frames) {
        resolve(times.slice(1).map((at, index) => at - (times[index] ?? at)));
        return;
      }
      if (span > 0) {
        const key = Math.floor((times.length - 1) / span) % 2 === 0 ? 'ArrowRight' : 'ArrowLeft';
        element?.dispatchEvent(new page.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      }
      page.requestAnimationFrame(frame);
    };
    page.requestAnimationFrame(frame);
  });
}
