import { Button } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { FeeField, MinutesField } from './fields.tsx';
import { type Path, type PriceForm, removeAt, replaceAt } from './form.ts';

type Brackets = Extract<PriceForm, { readonly kind: 'brackets' }>['brackets'];

/** 分档总价: a stay of up to so long costs so much in total. */
export function BracketFields(props: { brackets: Brackets; path: Path; onChange: (brackets: Brackets) => void }) {
  const { t } = useWords();
  const { brackets, path } = props;
  return (
    <>
      {brackets.map((bracket, index) => {
        const here = [...path, 'brackets', index];
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: brackets follow each other, their place is their meaning
            key={index}
            className="tf-grid"
            data-path={here.join('.')}
          >
            <MinutesField
              label={t('tariffs.field.within')}
              path={[...here, 'upToMinutes']}
              value={bracket.upToMinutes}
              onChange={(upToMinutes) => props.onChange(replaceAt(brackets, index, { ...bracket, upToMinutes }))}
            />
            <FeeField
              label={t('tariffs.field.totalFee')}
              path={[...here, 'totalFen']}
              value={bracket.totalFen}
              onChange={(totalFen) => props.onChange(replaceAt(brackets, index, { ...bracket, totalFen }))}
            />
            {brackets.length > 1 && (
              <span className="tf-inline tf-end">
                <Button size="small" onClick={() => props.onChange(removeAt(brackets, index))}>
                  {t('tariffs.removeBracket')}
                </Button>
              </span>
            )}
          </div>
        );
      })}
      <div>
        <Button
          size="small"
          disabled={brackets.length >= 30}
          onClick={() => {
            const last = brackets.at(-1)?.upToMinutes ?? 0;
            props.onChange([...brackets, { upToMinutes: last + 120, totalFen: null }]);
          }}
        >
          {t('tariffs.addBracket')}
        </Button>
      </div>
    </>
  );
}
