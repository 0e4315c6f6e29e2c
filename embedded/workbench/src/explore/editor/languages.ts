/** Highlighting of LogQL and TraceQL over the grammars of their parsers. */

import { LRLanguage } from '@codemirror/language';
import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as traceqlParser } from '@grafana/lezer-traceql';
import { styleTags, tags } from '@lezer/highlight';

export const logql = LRLanguage.define({
  name: 'logql',
  parser: logqlParser.configure({
    props: [
      styleTags({
        LineComment: tags.lineComment,
        String: tags.string,
        'Number Duration Bytes': tags.number,
        'Matcher/Identifier LabelName': tags.labelName,
        'Labels/Identifier GroupingLabel/Identifier': tags.labelName,
        Identifier: tags.variableName,
        'RangeOp/... VectorOp/... ConvOp/... LabelReplace Vector': tags.function(tags.variableName),
        'Json Logfmt Unpack Pattern Regexp Unwrap LabelFormat LineFormat Decolorize Drop Keep': tags.keyword,
        'By Without On Ignoring GroupLeft GroupRight Offset Bool And Or Unless': tags.modifier,
        'Eq Neq Re Nre Npa Gtr Gte Lss Lte Eql PipeExact PipeMatch PipePattern Pipe': tags.operator,
        'Add Sub Mul Div Mod Pow': tags.operator,
      }),
    ],
  }),
  languageData: { closeBrackets: { brackets: ['(', '[', '{', '"', '`'] }, commentTokens: { line: '#' } },
});

export const traceql = LRLanguage.define({
  name: 'traceql',
  parser: traceqlParser.configure({
    props: [
      styleTags({
        'LineComment BlockComment': tags.comment,
        String: tags.string,
        'Integer Float Duration': tags.number,
        'Static IntrinsicField': tags.atom,
        'AttributeField/...': tags.labelName,
        'Resource Span Event Link Instrumentation Parent': tags.modifier,
        'Aggregate MetricsOperationBasicType MetricsOverTimeType': tags.function(tags.variableName),
        'MetricsOperationHistogram MetricsOperationQuantile MetricsAggregatorFunctionType': tags.function(
          tags.variableName,
        ),
        'FieldOp ComparisonOp ScalarOp And Or Pipe Gt Lt Desc Anc': tags.operator,
        'UnionStructuralOp ExperimentalOp': tags.operator,
        With: tags.keyword,
      }),
    ],
  }),
  languageData: { closeBrackets: { brackets: ['(', '{', '"', '`'] } },
});
