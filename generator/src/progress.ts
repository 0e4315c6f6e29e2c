/** Progress of long stages: a bar that is redrawn on a terminal, plain lines everywhere else. */

/** The part of a `WriteStream` that is used. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Stage {
  /** Adds to what is done, in the unit of the stage's total. */
  advance(amount: number): void;
  /** Ends the stage as complete, whatever was counted. */
  finish(): void;
}

export interface Progress {
  /**
   * Starts a stage. Several may run at the same time.
   * @param total how much there is to do, in any unit; 0 gives a stage that goes from 0 to 100 % at its end
   */
  stage(name: string, total: number): Stage;
  /** Prints a line of its own. */
  note(text: string): void;
  /** Leaves the terminal's line in order; to be called once, after the last stage or on an error. */
  end(): void;
}

const PLAIN_STEP_PERCENT = 25;
const BAR_CELLS = 16;

interface OpenStage {
  readonly name: string;
  readonly total: number;
  done: number;
  percent: number;
}

/** @param output usually `process.stderr`, so that standard output holds results only */
export function createProgress(output: ProgressOutput): Progress {
  return output.isTTY ? new TerminalProgress(output) : new PlainProgress(output);
}

abstract class BaseProgress implements Progress {
  protected readonly output: ProgressOutput;

  constructor(output: ProgressOutput) {
    this.output = output;
  }

  stage(name: string, total: number): Stage {
    const stage: OpenStage = { name, total, done: 0, percent: 0 };
    this.opened(stage);
    const reach = (percent: number) => {
      if (percent <= stage.percent) return;
      const from = stage.percent;
      stage.percent = percent;
      this.moved(stage, from);
    };
    return {
      advance: (amount) => {
        stage.done += amount;
        // Never 100 before the end: a count may run past an estimated total.
        if (total > 0) reach(Math.min(99, Math.floor((100 * stage.done) / total)));
      },
      finish: () => reach(100),
    };
  }

  abstract note(text: string): void;
  abstract end(): void;
  protected abstract opened(stage: OpenStage): void;
  protected abstract moved(stage: OpenStage, from: number): void;
}

class PlainProgress extends BaseProgress {
  override note(text: string): void {
    this.output.write(`${text}\n`);
  }

  override end(): void {}

  protected override opened(): void {}

  protected override moved({ name, percent }: OpenStage, from: number): void {
    const step = (value: number) => Math.floor(value / PLAIN_STEP_PERCENT);
    if (step(percent) > step(from)) this.note(`${name}: ${step(percent) * PLAIN_STEP_PERCENT} %`);
  }
}

class TerminalProgress extends BaseProgress {
  #stages: OpenStage[] = [];
  #drawn = false;

  override note(text: string): void {
    this.#clear();
    this.output.write(`${text}\n`);
    this.#draw();
  }

  override end(): void {
    if (this.#drawn) this.output.write('\n');
    this.#drawn = false;
    this.#stages = [];
  }

  protected override opened(stage: OpenStage): void {
    // A new stage after all others have ended begins a line of its own.
    if (this.#stages.every(({ percent }) => percent === 100)) this.end();
    this.#stages.push(stage);
    this.#draw();
  }

  protected override moved(): void {
    this.#draw();
  }

  #draw(): void {
    if (this.#stages.length === 0) return;
    const text = this.#stages.map(({ name, percent }) => `${name} ${bar(percent)} ${percent} %`).join('   ');
    // A line that wraps could not be redrawn.
    this.output.write(`\r\x1b[2K${text.slice(0, (this.output.columns ?? 80) - 1)}`);
    this.#drawn = true;
  }

  #clear(): void {
    if (this.#drawn) this.output.write('\r\x1b[2K');
    this.#drawn = false;
  }
}

function bar(percent: number): string {
  const full = Math.round((percent / 100) * BAR_CELLS);
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
}
