import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { shanghaiDateTime } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '—' : JSON.stringify(value);

/** A name, or the place in a list, counted from 1. */
type Field = string | number;
interface Line {
  readonly path: readonly Field[];
  readonly value: unknown;
  readonly depth: number;
}

/** An object inside, and each object of a list, stands as lines of its own below its name; so does one that is kept as text. */
function linesOf(fields: readonly (readonly [Field, unknown])[], above: readonly Field[] = []): readonly Line[] {
  const depth = above.length;
  return fields.flatMap(([field, value]) => {
    const path = [...above, field];
    const inner = asFields(value);
    return inner === null || depth > 1
      ? [{ path, value, depth }]
      : [{ path, value: '', depth }, ...linesOf(inner, path)];
  });
}

function asFields(value: unknown): readonly (readonly [Field, unknown])[] | null {
  if (typeof value === 'string' && /^[[{]/.test(value))
    try {
      return asFields(JSON.parse(value));
    } catch {
      return null;
    }
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return Object.entries(value);
  const items: readonly unknown[] = value;
  return items.length > 0 && items.every((item) => typeof item === 'object' && item !== null)
    ? items.map((item, index) => [index + 1, item] as const)
    : null;
}

/** Seconds since 1970, as some platforms write an instant: beside them what a clock showed. */
const SECONDS = { from: 1_000_000_000, to: 9_999_999_999 };
function instantOf(field: Field, value: unknown): ReactNode {
  const isInstant = typeof field === 'string' && /(^|_)time$/.test(field) && typeof value === 'number';
  if (!isInstant || value < SECONDS.from || value > SECONDS.to) return null;
  return <small className="message-instant">{shanghaiDateTime(value * 1000)}</small>;
}

/** The business fields with their names in words, where the platform's specification has them. */
export function MessageFields({ body, words }: { body: unknown; words: Readonly<Record<string, string>> }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const fields: readonly (readonly [string, unknown])[] =
    typeof body === 'object' && body !== null ? Object.entries(body) : [['body', body]];
  const copy = (): void => {
    navigator.clipboard.writeText(JSON.stringify(body, null, 2)).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section>
      <div className="message-bar">
        <h3>{t('outbox.fields')}</h3>
        <Button size="small" onClick={copy}>
          {t(copied ? 'outbox.copied' : 'outbox.copy')}
        </Button>
      </div>
      <table className="message-fields">
        <thead>
          <tr>
            <th scope="col">{t('outbox.fieldName')}</th>
            <th scope="col">{t('outbox.field')}</th>
            <th scope="col">{t('outbox.fieldValue')}</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(fields).map(({ path, value, depth }) => {
            const field = path.at(-1) ?? '';
            return (
              <tr key={path.join(' ')} data-depth={depth}>
                <td>{typeof field === 'number' ? t('outbox.item', { n: field }) : (words[field] ?? '')}</td>
                <td>{typeof field === 'string' && <code>{field}</code>}</td>
                <td>
                  {textOf(value)} {instantOf(field, value)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
