import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import type { Fen } from '../../shared/domain/money.ts';
import { fenToYuanText } from '../../shared/domain/money.ts';
import { fromRfc3339, parseShanghaiDateTime, shanghaiDateTime, toRfc3339 } from '../../shared/domain/time.ts';
import { parseYuan } from '../lib/format.ts';

/**
 * A moment in Asia/Shanghai, picked or typed as `2026-03-02 08:05`. The picker only ever sees wall-clock text, so the zone
 * of this PC never shifts it. Values travel as RFC 3339.
 */
export function MomentInput(props: {
  id?: string;
  value: string | null;
  onChange: (at: string | null) => void;
  disabled?: boolean;
  label?: string;
}) {
  return (
    <DatePicker
      {...(props.id === undefined ? {} : { id: props.id })}
      aria-label={props.label}
      showTime={{ format: 'HH:mm:ss' }}
      format="YYYY-MM-DD HH:mm:ss"
      value={props.value === null ? null : dayjs(shanghaiDateTime(fromRfc3339(props.value)))}
      disabled={props.disabled ?? false}
      onChange={(value) => {
        const at = value ? parseShanghaiDateTime(value.format('YYYY-MM-DD HH:mm:ss')) : undefined;
        props.onChange(at === undefined ? null : toRfc3339(at));
      }}
    />
  );
}

/** A date, `2026-03-02`. */
export function DateInput(props: {
  id?: string;
  value: string | null;
  onChange: (date: string | null) => void;
  label?: string;
}) {
  return (
    <DatePicker
      {...(props.id === undefined ? {} : { id: props.id })}
      aria-label={props.label}
      value={props.value === null ? null : dayjs(props.value)}
      onChange={(value) => props.onChange(value ? value.format('YYYY-MM-DD') : null)}
    />
  );
}

/** An amount typed in yuan, kept in fen; `null` while it is not an amount. */
export function MoneyInput(props: {
  id?: string;
  value: Fen | null;
  onChange: (fen: Fen | null) => void;
  disabled?: boolean;
  label?: string;
  width?: number;
}) {
  const [text, setText] = useState(props.value === null ? '' : fenToYuanText(props.value));
  const { value } = props;
  useEffect(() => {
    setText((typed) => ((parseYuan(typed) ?? null) === value ? typed : value === null ? '' : fenToYuanText(value)));
  }, [value]);
  const wrong = text !== '' && parseYuan(text) === undefined;
  return (
    <Input
      {...(props.id === undefined ? {} : { id: props.id })}
      aria-label={props.label}
      inputMode="decimal"
      prefix="¥"
      style={{ width: props.width ?? 130 }}
      status={wrong ? 'error' : ''}
      disabled={props.disabled ?? false}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const fen = parseYuan(event.target.value);
        if (fen !== undefined || value !== null) props.onChange(fen ?? null);
      }}
    />
  );
}

/** Any part of a plate, capitals at once; asks after a short pause. */
export function PlateSearch(props: {
  id: string;
  value: string;
  onChange: (part: string) => void;
  placeholder?: string;
}) {
  const [text, setText] = useState(props.value);
  const { value, onChange } = props;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      id={props.id}
      allowClear
      value={text}
      maxLength={16}
      style={{ width: 160 }}
      placeholder={props.placeholder}
      onChange={(event) => setText(event.target.value.toUpperCase().replace(/[\s·]/g, ''))}
      onPressEnter={() => onChange(text)}
    />
  );
}
