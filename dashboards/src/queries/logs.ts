/** LogQL over the services' streams. */
import { EVENT } from 'interview-app/telemetry-names';

/** What the dashboard's variables leave. */
const STREAMS = '{service_name=~"$service_name", level=~"$level"}';
const FILTERED = `${STREAMS} |~ \`(?i)$search\` | json event="event", message="message", route="route" | event=~"$event"`;

export function lines(): string {
  return FILTERED;
}

/** Lines, one sentence each. */
export function readable(): string {
  return `${FILTERED} | line_format \`{{.event}}  {{.message}}  {{.route}}\``;
}

export function countBy(label: 'event' | 'level' | 'service_name', window = '$__interval'): string {
  return `sum by (${label}) (count_over_time(${FILTERED} [${window}]))`;
}

/** Messages without what differs from line to line, most frequent first. */
export function frequentMessages(): string {
  return `topk(12, sum by (level, event) (count_over_time(${FILTERED} [$__range])))`;
}

export const EVENTS: readonly string[] = Object.values(EVENT);
