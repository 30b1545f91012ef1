import { useWords } from '../../../lib/i18n/index.ts';
import { freeId, freeNumber } from '../ids.ts';
import { LaneForm } from '../LaneForm.tsx';
import { ListEditor } from '../ListEditor.tsx';
import type { SectionProps } from '../section.ts';
import { edit } from '../store.ts';

export function LanesSection({ draft }: SectionProps) {
  const { t } = useWords();
  const areaName = (id: string): string => draft.areas.find((area) => area.id === id)?.name ?? id;
  return (
    <ListEditor
      part="lanes"
      label={t('settings.sections.lanes')}
      items={draft.lanes.map((lane) => ({
        title: lane.name,
        note: `${t(`settings.lane.${lane.direction}`)} · ${areaName(lane.area)}`,
      }))}
      add={t('settings.lane.add')}
      remove={t('settings.lane.remove')}
      empty={{ title: t('settings.lane.none'), text: t('settings.lane.noneText') }}
      onAdd={() =>
        edit((to) => {
          to.lanes.push({
            id: freeId('lane', to.lanes),
            name: t('settings.lane.one'),
            direction: 'in',
            reversible: false,
            number: freeNumber(to.lanes.map(({ number }) => number)),
            area: to.areas[0]?.id ?? '',
          });
        })
      }
      onRemove={(index) => edit((to) => void to.lanes.splice(index, 1))}
    >
      {(index) => <LaneForm draft={draft} index={index} />}
    </ListEditor>
  );
}
