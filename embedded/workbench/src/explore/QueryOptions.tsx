import { InlineField, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import * as React from 'react';
import { DEFAULT_LIMITS, isTraceId, type SourceType, textOf } from './model/queries';
import type { ExploreQuery } from './model/url-state';

interface QueryOptionsProps {
  readonly type: SourceType;
  readonly query: ExploreQuery;
  readonly onChange: (query: ExploreQuery) => void;
  readonly onRun: () => void;
}

/** What a query has besides its text; the id of a trace has nothing besides. */
export function QueryOptions(props: QueryOptionsProps) {
  const { type, query } = props;
  if (type === 'tempo' && isTraceId(textOf(type, query))) return null;
  return (
    <div style={{ marginTop: 8 }}>
      <Stack direction="row" wrap="wrap" gap={1} alignItems="center">
        {OPTIONS[type](props)}
      </Stack>
    </div>
  );
}

const OPTIONS: Readonly<Record<SourceType, (props: QueryOptionsProps) => React.ReactNode>> = {
  prometheus: (props) => (
    <>
      <Choice
        label="Type"
        value={promType(props.query)}
        options={['Range', 'Instant', 'Both']}
        onChange={(value) =>
          props.onChange({ ...props.query, range: value !== 'Instant', instant: value !== 'Range' })
        }
      />
      <Choice
        label="Exemplars"
        value={props.query.exemplar === true ? 'On' : 'Off'}
        options={['On', 'Off']}
        onChange={(value) => props.onChange({ ...props.query, exemplar: value === 'On' })}
      />
      <TextOption {...props} name="legendFormat" label="Legend" hint="{{label}}" />
      <TextOption {...props} name="interval" label="Min step" hint="auto" width={10} />
    </>
  ),
  loki: (props) => (
    <>
      <Choice
        label="Type"
        value={props.query.queryType === 'instant' ? 'Instant' : 'Range'}
        options={['Range', 'Instant']}
        onChange={(value) => props.onChange({ ...props.query, queryType: value.toLowerCase() })}
      />
      <NumberOption
        {...props}
        name="maxLines"
        label="Line limit"
        fallback={DEFAULT_LIMITS.lines}
        max={5000}
      />
      <TextOption {...props} name="legendFormat" label="Legend" hint="{{label}}" />
      <TextOption {...props} name="step" label="Step" hint="auto" width={10} />
    </>
  ),
  tempo: (props) => (
    <>
      <Choice
        label="Table of"
        value={props.query.tableType === 'spans' ? 'Spans' : 'Traces'}
        options={['Traces', 'Spans']}
        onChange={(value) => props.onChange({ ...props.query, tableType: value.toLowerCase() })}
      />
      <NumberOption {...props} name="limit" label="Limit" fallback={DEFAULT_LIMITS.traces} max={1000} />
      <NumberOption {...props} name="spss" label="Spans of each" fallback={DEFAULT_LIMITS.spans} max={100} />
      <TextOption {...props} name="step" label="Step" hint="auto" width={10} />
    </>
  ),
};

function promType({ range, instant }: ExploreQuery): string {
  return range && instant ? 'Both' : instant ? 'Instant' : 'Range';
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <InlineField label={label} transparent>
      <RadioButtonGroup
        size="sm"
        aria-label={label}
        value={value}
        options={options.map((option) => ({ value: option, label: option }))}
        onChange={onChange}
      />
    </InlineField>
  );
}

interface FieldProps extends QueryOptionsProps {
  readonly name: string;
  readonly label: string;
}

function TextOption(props: FieldProps & { readonly hint: string; readonly width?: number }) {
  const { query, name, label, hint, width = 20, onChange, onRun } = props;
  const id = `${query.refId}-${name}`;
  return (
    <InlineField label={label} htmlFor={id} transparent>
      <Input
        id={id}
        width={width}
        placeholder={hint}
        value={String(query[name] ?? '')}
        onChange={(event) => onChange({ ...query, [name]: event.currentTarget.value || undefined })}
        onKeyDown={(event) => event.key === 'Enter' && onRun()}
      />
    </InlineField>
  );
}

function NumberOption(props: FieldProps & { readonly fallback: number; readonly max: number }) {
  const { query, name, label, fallback, max, onChange, onRun } = props;
  const id = `${query.refId}-${name}`;
  return (
    <InlineField label={label} htmlFor={id} transparent>
      <Input
        id={id}
        type="number"
        min={1}
        max={max}
        width={10}
        value={Number(query[name] ?? fallback)}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber;
          onChange({
            ...query,
            [name]: Number.isFinite(value) ? Math.min(max, Math.max(1, value)) : fallback,
          });
        }}
        onKeyDown={(event) => event.key === 'Enter' && onRun()}
      />
    </InlineField>
  );
}
