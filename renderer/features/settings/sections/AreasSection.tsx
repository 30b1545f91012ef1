import { useWords } from '../../../lib/i18n/index.ts';
import { ChoiceField, NumberField, TextField } from '../fields.tsx';
import { freeId, freeNumber } from '../ids.ts';
import { ListEditor } from '../ListEditor.tsx';
import type { SectionProps } from '../section.ts';
import { edit } from '../store.ts';

export function AreasSection({ draft }: SectionProps) {
  const { t } = useWords();
  const { areas } = draft;
  const set = (index: number, part: object): void => edit((to) => Object.assign(to.areas[index] ?? {}, part));
  return (
    <ListEditor
      part="areas"
      label={t('settings.sections.areas')}
      items={areas.map((area) => ({ title: area.name, note: `${area.spaces}` }))}
      add={t('settings.area.add')}
      remove={t('settings.area.remove')}
      empty={{ title: t('settings.area.none'), text: t('settings.area.noneText') }}
      onAdd={() =>
        edit((to) => {
          to.areas.push({
            id: freeId('a', to.areas),
            code: freeNumber(to.areas.map(({ code }) => code)),
            name: t('settings.area.one'),
            spaces: 0,
            access: 'all',
          });
        })
      }
      onRemove={(index) => edit((to) => void to.areas.splice(index, 1))}
    >
      {(index) => {
        const area = areas[index];
        if (!area) return null;
        const path = (name: string) => ['areas', index, name];
        return (
          <div className="form">
            <TextField
              {...{ path: path('name'), label: t('settings.area.name'), needed: true, value: area.name }}
              onChange={(name) => set(index, { name })}
            />
            <NumberField
              {...{ path: path('code'), label: t('settings.area.code'), needed: true, value: area.code, min: 1 }}
              onChange={(code) => set(index, { code })}
            />
            <NumberField
              {...{ path: path('spaces'), label: t('settings.area.spaces'), value: area.spaces }}
              onChange={(spaces) => set(index, { spaces })}
            />
            <ChoiceField
              {...{ path: path('parent'), label: t('settings.area.parent'), value: area.parent }}
              hint={t('settings.area.parentHelp')}
              none={t('settings.area.outside')}
              choices={areas.filter(({ id }) => id !== area.id).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(parent) =>
                edit((to) => {
                  const at = to.areas[index];
                  if (parent === undefined) delete at?.parent;
                  else if (at) at.parent = parent;
                })
              }
            />
            <ChoiceField
              {...{ path: path('access'), label: t('settings.area.access'), value: area.access }}
              choices={[
                { value: 'all', label: t('settings.area.accessAll') },
                { value: 'cards', label: t('settings.area.accessCards') },
              ]}
              onChange={(access) => set(index, { access: access ?? 'all' })}
            />
            <TextField
              {...{ path: path('id'), label: t('settings.area.id'), value: area.id }}
              onChange={(id) =>
                edit((to) => {
                  // Whatever names it goes along.
                  for (const lane of to.lanes) if (lane.area === area.id) lane.area = id;
                  for (const other of to.areas) if (other.parent === area.id) other.parent = id;
                  Object.assign(to.areas[index] ?? {}, { id });
                })
              }
            />
          </div>
        );
      }}
    </ListEditor>
  );
}
