/** Words and signs of TraceQL that are tokens of their own. */

export const SIGNS: ReadonlySet<string> = new Set(
  ', . { } ( ) = != =~ !~ > >= < <= + - / % * ^ && || ! | >> << ~ !> !< !>> !<< &~ &> &< &>> &<<'.split(' '),
);

export const WORDS: ReadonlySet<string> = new Set(
  (
    'true false nil ok error unset unspecified internal server client producer consumer ' +
    'duration childCount name status statusMessage kind rootName rootServiceName rootService traceDuration ' +
    'nestedSetLeft nestedSetRight nestedSetParent id traceID spanID parentID timeSinceStart version parent ' +
    'count avg max min sum by coalesce select rate count_over_time min_over_time max_over_time avg_over_time ' +
    'sum_over_time quantile_over_time histogram_over_time compare topk bottomk with'
  ).split(' '),
);

/** Words that a sign directly behind them makes a scope. */
export const SCOPES: ReadonlySet<string> = new Set(
  'parent. resource. span. trace: span: event: link: instrumentation: event. link. instrumentation.'.split(
    ' ',
  ),
);

export type Token =
  /** A sign, word or scope; `end` ends the name of an attribute. */
  | { readonly kind: 'sign'; readonly text: string; readonly at: Position }
  | { readonly kind: 'identifier'; readonly text: string; readonly at: Position }
  | { readonly kind: 'string'; readonly text: string; readonly at: Position }
  | { readonly kind: 'integer'; readonly value: number; readonly text: string; readonly at: Position }
  | { readonly kind: 'float'; readonly value: number; readonly at: Position }
  | { readonly kind: 'duration'; readonly value: number; readonly at: Position }
  /** Where the text cannot be read on; told when the parser comes to it. */
  | { readonly kind: 'invalid'; readonly error: unknown; readonly at: Position }
  | { readonly kind: 'eof'; readonly at: Position };

export interface Position {
  readonly line: number;
  readonly column: number;
}
