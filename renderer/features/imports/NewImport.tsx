import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { type ImportKind, importKindSchema } from '../../../shared/domain/import-job.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { Choice } from '../../office/choices.tsx';
import { saveFile } from '../../office/files.ts';
import { Box, Filter, Page } from '../../office/Page.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { DropZone } from './DropZone.tsx';
import { fileFault } from './file-fault.ts';
import { kinds } from './kinds.ts';
import { PastImports } from './PastImports.tsx';
import { beginSending } from './sending.ts';

/** Chooses what is imported, and the file; beneath stands what was imported before. */
export function NewImport() {
  const { t } = useWords();
  const [query, setQuery] = useQuery();
  const what = importKindSchema.safeParse(query['what']).data ?? 'cards';
  const [share, setShare] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const act = useAct();
  const template = async (format: 'xlsx' | 'csv'): Promise<void> => {
    const file = await act.run((client) => client.imports.template({ what, format }));
    if (file) saveFile(file);
  };
  const begin = async (file: File): Promise<void> => {
    const wrong = fileFault(file, t);
    setFault(wrong);
    act.clear();
    if (wrong !== null) return;
    const id = await act.run(() => beginSending(what, file, what === 'cards' && share));
    if (id !== undefined) go('imports', { id });
  };
  return (
    <Page title={t('nav.imports')} note={t('imports.about')} fill>
      <div>
        <Box>
          <div className="import-begin">
            <div className="import-line">
              <Filter label={t('imports.what')} htmlFor="import-what">
                <Choice<ImportKind>
                  id="import-what"
                  width={180}
                  value={what}
                  onChange={(next) => setQuery({ what: next })}
                  options={kinds.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
                />
              </Filter>
              <Button disabled={act.busy} onClick={() => void template('xlsx')}>
                {t('imports.template')}
              </Button>
              <Button disabled={act.busy} onClick={() => void template('csv')}>
                {t('imports.templateCsv')}
              </Button>
              <span className="import-note">{t('imports.exportHint')}</span>
            </div>
            <p className="import-note">{t(`imports.rule.${what}`)}</p>
            {what === 'cards' && (
              <Checkbox checked={share} onChange={(event) => setShare(event.target.checked)}>
                {t('imports.share')}
              </Checkbox>
            )}
            <DropZone busy={act.busy} onFile={(file) => void begin(file)} />
            <Problem text={fault ?? act.problem} />
          </div>
        </Box>
      </div>
      <PastImports />
    </Page>
  );
}
