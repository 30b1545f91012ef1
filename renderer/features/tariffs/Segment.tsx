import { Button, Input, Select } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { fieldId } from './editor-context.ts';
import { FeeField, Field, MinutesField, Notes } from './fields.tsx';
import type { Path, SegmentForm } from './form.ts';
import { newPrice } from './new-parts.ts';
import { PriceFields } from './PriceFields.tsx';

const kinds = ['units', 'flat', 'brackets', 'free'] as const;

/** `8` → `08:00`, `2030` → `20:30`; what is no time of day stays as it was typed, and the check says so. */
function clockText(typed: string): string {
  const match = /^(\d{1,2})[:：.]?(\d{2})?$/.exec(typed.trim());
  return match ? `${(match[1] ?? '').padStart(2, '0')}:${match[2] ?? '00'}` : typed;
}

/** 时段: hours of the day with one way of pricing. */
export function Segment(props: {
  segment: SegmentForm;
  path: Path;
  place: { readonly index: number; readonly count: number };
  onChange: (segment: SegmentForm) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useWords();
  const { segment, path, place, onChange } = props;
  return (
    <section className="tf-segment" data-path={path.join('.')}>
      <div className="tf-grid">
        <Field label={t('tariffs.field.segmentName')} path={[...path, 'name']}>
          <Input
            id={fieldId([...path, 'name'])}
            value={segment.name}
            maxLength={20}
            onChange={(event) => onChange({ ...segment, name: event.target.value })}
          />
        </Field>
        {(['from', 'to'] as const).map((end) => (
          <Field key={end} label={t(`tariffs.field.${end}`)} path={[...path, end]}>
            <Input
              id={fieldId([...path, end])}
              value={segment[end]}
              maxLength={5}
              style={{ width: 90 }}
              onChange={(event) => onChange({ ...segment, [end]: event.target.value })}
              onBlur={(event) => {
                const text = clockText(event.target.value);
                if (text !== segment[end]) onChange({ ...segment, [end]: text });
              }}
            />
          </Field>
        ))}
        <Field label={t('tariffs.field.priceKind')} path={[...path, 'price', 'kind']}>
          <Select
            id={fieldId([...path, 'price', 'kind'])}
            value={segment.price.kind}
            options={kinds.map((value) => ({ value, label: t(`tariffs.priceKind.${value}`) }))}
            onChange={(kind) => onChange({ ...segment, price: newPrice(kind) })}
          />
        </Field>
        <span className="tf-inline tf-end">
          {place.count > 1 && (
            <>
              <Button
                size="small"
                aria-label={t('tariffs.moveUpNamed', { name: segment.name })}
                disabled={place.index === 0}
                onClick={() => props.onMove(-1)}
              >
                {t('tariffs.moveUp')}
              </Button>
              <Button
                size="small"
                aria-label={t('tariffs.moveDownNamed', { name: segment.name })}
                disabled={place.index === place.count - 1}
                onClick={() => props.onMove(1)}
              >
                {t('tariffs.moveDown')}
              </Button>
            </>
          )}
          <Button size="small" onClick={props.onRemove}>
            {t('tariffs.removeSegment')}
          </Button>
        </span>
      </div>
      <Notes path={path} />
      <PriceFields
        price={segment.price}
        path={[...path, 'price']}
        onChange={(price) => onChange({ ...segment, price })}
      />
      {segment.price.kind !== 'free' && (
        <div className="tf-grid">
          <FeeField
            label={t('tariffs.field.segmentCap')}
            path={[...path, 'capFen']}
            value={segment.capFen}
            hint={t('tariffs.field.noCap')}
            onChange={(fen) => onChange({ ...segment, capFen: fen ?? undefined })}
          />
          <MinutesField
            label={t('tariffs.field.wholeAfter')}
            path={[...path, 'wholeAfterMinutes']}
            value={segment.wholeAfterMinutes}
            hint={t('tariffs.field.wholeAfterHint')}
            onChange={(minutes) => onChange({ ...segment, wholeAfterMinutes: minutes ?? undefined })}
          />
        </div>
      )}
    </section>
  );
}
