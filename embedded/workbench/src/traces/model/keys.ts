/** What a key means on a span of the waterfall. */
import type { TreeSpan } from './trace';

export type KeyAction =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'fold' | 'open' | 'measure' | 'zoom' | 'clear' };

/**
 * As in every tree: arrows move, fold and unfold; Enter opens.
 * @param spans the ones in sight
 * @param index of the focused one
 */
export function actionOf(
  key: string,
  spans: readonly TreeSpan[],
  index: number,
  folded: ReadonlySet<string>,
): KeyAction | undefined {
  const span = spans[index];
  if (!span) return undefined;
  const isFolded = folded.has(span.spanId);
  const focus = (next: number): KeyAction => ({
    kind: 'focus',
    index: Math.max(0, Math.min(spans.length - 1, next)),
  });
  switch (key) {
    case 'ArrowDown':
      return focus(index + 1);
    case 'ArrowUp':
      return focus(index - 1);
    case 'Home':
      return focus(0);
    case 'End':
      return focus(spans.length - 1);
    case 'ArrowRight':
      if (span.childCount === 0) return undefined;
      return isFolded ? { kind: 'fold' } : focus(index + 1);
    case 'ArrowLeft':
      return span.childCount > 0 && !isFolded ? { kind: 'fold' } : focus(parentOf(spans, index));
    case 'Enter':
    case ' ':
      return { kind: 'open' };
    case 'm':
    case 'M':
      return { kind: 'measure' };
    case 'z':
    case 'Z':
      return { kind: 'zoom' };
    case 'Escape':
      return { kind: 'clear' };
    default:
      return undefined;
  }
}

/** A root stays where it is. */
function parentOf(spans: readonly TreeSpan[], index: number): number {
  const depth = spans[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0; at--) if ((spans[at]?.depth ?? 0) < depth) return at;
  return index;
}
