/** What a first visit needs to know, in four steps. */
export interface TourStep {
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly link: string;
}

export const TOUR: readonly TourStep[] = [
  {
    title: 'What is known',
    text: 'The report says what users see, what is known so far and what is asked of you. It is the first page, and in the header of every other one.',
    url: '/d/incident-report',
    link: 'Open the report',
  },
  {
    title: 'Dashboards',
    text: 'They open on the time of the incident. Drag over a graph to zoom in; the crosshair is the same on all of them. Links on top keep the time, and a click on a point or a row leads onward.',
    url: '/d/service-overview',
    link: 'Open the overview',
  },
  {
    title: 'Questions of your own',
    text: 'Explore takes any query: PromQL for metrics, LogQL for logs and database sessions, TraceQL for traces. A line leads to its trace, a trace to its lines.',
    url: '/explore',
    link: 'Open Explore',
  },
  {
    title: 'The code',
    text: 'Source holds the service as it runs. Stack traces and spans name file and line: follow them there.',
    url: '/source',
    link: 'Open the source',
  },
];
