/** What has to be otherwise in a library's source, by the end of its file's name. */
const PATCHES = [
  {
    file: '@grafana/ui/dist/esm/components/Table/TableNG/hooks.mjs',
    // The rows of a table inside a table are always made by a function that is compiled when it runs, which the page's
    // policy forbids: the option to do without is not passed on.
    from: 'protoParserEnabled = false',
    to: 'protoParserEnabled = true',
  },
  {
    file: '@grafana/ui/dist/esm/components/VizLegend/VizLegendListItem.mjs',
    // Every series of a legend would be called "All series selected" by a screen reader.
    from: '"aria-label": getAriaLabel(),',
    to: '"aria-label": `${item.label}: ${getAriaLabel()}`,',
  },
];

/**
 * A library's source as it is to be bundled.
 * @param {string} file its path
 * @param {string} text its source
 * @throws {Error} when a patch does not fit any more, after an update of the library
 */
export function patched(file, text) {
  const name = file.replaceAll('\\', '/');
  let result = text;
  for (const { file: end, from, to } of PATCHES.filter((each) => name.endsWith(each.file))) {
    if (!result.includes(from)) throw new Error(`${end}: "${from}" is not there any more; see patches.mjs`);
    result = result.replace(from, to);
  }
  return result;
}
