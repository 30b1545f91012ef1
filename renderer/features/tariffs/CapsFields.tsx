import { Button } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { FeeField } from './fields.tsx';
import { type Path, removeAt, replaceAt, type ScheduleForm } from './form.ts';

type Caps = NonNullable<ScheduleForm['caps']>;

const isEmpty = (caps: Caps): boolean =>
  caps.perNaturalDayFen === undefined && caps.per24hFen === undefined && caps.perStayFen === undefined;

/** 封顶: what a "day" of a cap is, is the field it stands in; each says what it makes of the same stay. */
export function CapsFields(props: { caps: Caps | undefined; path: Path; onChange: (caps: Caps | undefined) => void }) {
  const { t } = useWords();
  const { path } = props;
  const caps = props.caps ?? {};
  const put = (next: Caps): void => props.onChange(isEmpty(next) ? undefined : next);
  const days = caps.per24hFen;
  const list = typeof days === 'object' && days !== null ? days : [days ?? null];
  const putDays = (next: readonly (number | null)[]): void =>
    put({ ...caps, per24hFen: next.length > 1 ? next : (next[0] ?? undefined) });
  return (
    <>
      <h4>{t('tariffs.part.caps')}</h4>
      <p className="tf-aside">{t('tariffs.field.capsHint')}</p>
      <div className="tf-grid" data-path={path.join('.')}>
        <FeeField
          label={t('tariffs.field.capNaturalDay')}
          path={[...path, 'perNaturalDayFen']}
          value={caps.perNaturalDayFen}
          hint={t('tariffs.eg.capNaturalDay')}
          onChange={(fen) => put({ ...caps, perNaturalDayFen: fen ?? undefined })}
        />
        {list.map((fen, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: the first, the second … day
            key={index}
            className="tf-with-button"
          >
            <FeeField
              label={
                list.length === 1
                  ? t('tariffs.field.cap24h')
                  : t(index === list.length - 1 ? 'tariffs.field.capLater' : 'tariffs.field.capNth', { n: index + 1 })
              }
              path={list.length === 1 ? [...path, 'per24hFen'] : [...path, 'per24hFen', index]}
              value={fen}
              {...(index === 0 ? { hint: t('tariffs.eg.cap24h') } : {})}
              onChange={(next) => putDays(replaceAt(list, index, next))}
            />
            {list.length > 1 && (
              <Button size="small" onClick={() => putDays(removeAt(list, index))}>
                {t('kit.remove')}
              </Button>
            )}
          </div>
        ))}
        <FeeField
          label={t('tariffs.field.capStay')}
          path={[...path, 'perStayFen']}
          value={caps.perStayFen}
          hint={t('tariffs.eg.capStay')}
          onChange={(fen) => put({ ...caps, perStayFen: fen ?? undefined })}
        />
      </div>
      {days !== undefined && (
        <div>
          <Button size="small" onClick={() => putDays([...list, null])}>
            {t('tariffs.addCapDay')}
          </Button>
        </div>
      )}
    </>
  );
}
