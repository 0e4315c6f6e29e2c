import { startTransition, useEffect, useRef, useState } from 'react';

/**
 * A value that follows another one, at most every second frame and interruptibly: what moves with the value itself is
 * drawn in every frame, what costs much more in the frames between.
 */
export function useFollowing<Value extends number | undefined>(value: Value): Value {
  const [followed, setFollowed] = useState<Value>(value);
  const latest = useRef(value);
  latest.current = value;
  const frame = useRef<number>();
  useEffect(() => {
    if (frame.current !== undefined || Object.is(value, followed)) return;
    const follow = () => {
      frame.current = undefined;
      startTransition(() => setFollowed(latest.current));
    };
    frame.current = requestAnimationFrame(() => {
      frame.current = requestAnimationFrame(follow);
    });
  }, [value, followed]);
  useEffect(
    () => () => {
      if (frame.current !== undefined) cancelAnimationFrame(frame.current);
      frame.current = undefined;
    },
    [],
  );
  return followed;
}
