/** LogQL over the services' streams. */
import { EVENT } from 'interview-app/telemetry-names';

/** What the dashboard's variables leave. */
const STREAMS = '{service_name=~"$service_name", level=~"$level"} |~ `(?i)$search`';
const COUNTED = `${STREAMS} | json event="event" | event=~"$event"`;

/** Lines as one reads them; their fields, the stack among them, are behind each. */
export function lines(): string {
  const words = ['event', 'message', 'method', 'route', 'status_code'].map((field) => `{{.${field}}}`);
  return `${STREAMS} | json | event=~"$event" | line_format \`${words.join('  ')}\``;
}

export function countBy(label: 'event' | 'level', window = '$__interval'): string {
  return `sum by (${label}) (count_over_time(${COUNTED} [${window}]))`;
}

export const EVENTS: readonly string[] = Object.values(EVENT);
