/** The share of the waterfall's width that the names take. */
export const NAMES_WIDTH = '36%';
