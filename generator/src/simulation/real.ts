/**
 * What this folder itself still needs of the real world, kept before anything is replaced. Import it first: a module
 * that is evaluated after `installVirtualGlobals` would keep the virtual ones.
 */
export const real = {
  Date: globalThis.Date,
  setImmediate: globalThis.setImmediate,
};
