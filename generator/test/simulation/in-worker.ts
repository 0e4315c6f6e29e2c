/** Globals can only be replaced in a thread of its own: tests of them run a part of `virtual.worker.ts` there. */
import { Worker } from 'node:worker_threads';

const PATIENCE_MS = 60_000;

export interface WorkerTask {
  readonly part: string;
  readonly drain?: 'tick' | 'turn';
}

/** Runs one part. @returns what it posted, or throws what the worker ended with */
export function inWorker<T>(task: WorkerTask): Promise<T> {
  const worker = new Worker(new URL('./virtual.worker.js', import.meta.url), { workerData: task });
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${task.part} did not end`)), PATIENCE_MS);
    const settle = (run: () => void) => {
      clearTimeout(timer);
      run();
      void worker.terminate();
    };
    worker.on('message', (message: T) => settle(() => resolve(message)));
    worker.on('error', (error) => settle(() => reject(error)));
  });
}
