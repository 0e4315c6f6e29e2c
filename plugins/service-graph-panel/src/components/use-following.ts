/** State that begins with a value from outside and follows it when that changes; in between it is the user's. */
import { useState } from 'react';

export function useFollowing<T>(given: T): [T, (value: T) => void] {
  const [state, setState] = useState({ given, value: given });
  const isNew = state.given !== given;
  if (isNew) setState({ given, value: given });
  return [isNew ? given : state.value, (value) => setState({ given, value })];
}
