import { LanguageSupport } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { logql, traceql } from './languages';
import { logqlCompletion } from './logql-completion';
import { lokiNames } from './loki-names';
import { prometheusNames } from './prometheus-names';
import type { CurrentRange } from './remembered';
import { tempoNames } from './tempo-names';
import { traceqlCompletion } from './traceql-completion';

/** The language of a data source's queries, completed with what its store knows. */
export function languageOf(type: string, range: CurrentRange): Extension {
  switch (type) {
    case 'prometheus':
      return new PromQLExtension().setComplete({ remote: prometheusNames(range) }).asExtension();
    case 'loki':
      return new LanguageSupport(logql, logql.data.of({ autocomplete: logqlCompletion(lokiNames(range)) }));
    case 'tempo':
      return new LanguageSupport(
        traceql,
        traceql.data.of({ autocomplete: traceqlCompletion(tempoNames(range)) }),
      );
    default:
      throw new Error(`There is no editor for queries of ${type}`);
  }
}
