/**
 * Calls back after a while and two frames more: when the page was too busy to react in time, what it was busy with has
 * its say first.
 * @returns calls it off
 */
export function afterRest(delayMs: number, callback: () => void): () => void {
  let frame: number | undefined;
  const timer = setTimeout(() => {
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(callback);
    });
  }, delayMs);
  return () => {
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}
