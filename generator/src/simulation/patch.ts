/** Replaces a property in place, so that everybody who holds the object sees the new one; enumerable as it was. */
export function replace(
  target: object,
  name: PropertyKey,
  descriptor: { value: unknown } | { get: () => unknown },
): void {
  const enumerable = Object.getOwnPropertyDescriptor(target, name)?.enumerable ?? false;
  const writable = 'value' in descriptor ? { writable: true } : {};
  Object.defineProperty(target, name, { configurable: true, enumerable, ...writable, ...descriptor });
}
