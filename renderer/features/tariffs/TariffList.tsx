import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { Box, Page } from '../../office/Page.tsx';
import { Answer, Empty } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { BeginDialog } from './BeginDialog.tsx';
import type { Beginning } from './beginning.ts';
import { DraftRows } from './DraftRows.tsx';
import { TemplateRows } from './TemplateRows.tsx';
import { VersionDrawer } from './VersionDrawer.tsx';
import { VersionRows } from './VersionRows.tsx';

/** Versions in force, to come and past; drafts; templates from published price lists. */
export function TariffList() {
  const { t } = useWords();
  const [query, setQuery] = useQuery();
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  const [past, setPast] = useState(false);
  const versions = useAsk((client) => client.tariffs.versions(), []);
  const drafts = useAsk((client) => client.tariffs.drafts.list(), []);
  const templates = useAsk((client) => client.tariffs.templates(), []);
  const open = query['version'];
  const chosen = versions.data?.find(({ tariff }) => `${tariff.id}@${tariff.version ?? 1}` === open);
  return (
    <Page
      title={t('nav.tariffs')}
      actions={
        <>
          <Button onClick={() => go('calendar')}>{t('tariffs.toCalendar')}</Button>
          <Button type="primary" onClick={() => setBeginning({ kind: 'nothing' })}>
            {t('tariffs.begin.new')}
          </Button>
        </>
      }
    >
      <Box
        title={t('tariffs.list.versions')}
        extra={
          <Button size="small" aria-pressed={past} onClick={() => setPast(!past)}>
            {t(past ? 'tariffs.list.hidePast' : 'tariffs.list.showPast')}
          </Button>
        }
      >
        <Answer of={versions} rows={2}>
          {(all) =>
            all.length === 0 ? (
              <Empty title={t('tariffs.list.noVersion')} text={t('tariffs.list.noVersionText')} />
            ) : (
              <VersionRows
                versions={all.filter(({ state }) => past || state === 'in-force' || state === 'scheduled')}
                onOpen={(key) => setQuery({ version: key })}
                onBegin={(tariffId, version) => setBeginning({ kind: 'published', tariffId, version })}
              />
            )
          }
        </Answer>
      </Box>
      <Box title={t('tariffs.list.drafts')}>
        <Answer of={drafts} rows={2}>
          {(all) =>
            all.length === 0 ? (
              <p className="tf-aside">{t('tariffs.list.noDraft')}</p>
            ) : (
              <DraftRows drafts={all} onChanged={drafts.again} />
            )
          }
        </Answer>
      </Box>
      <Box title={t('tariffs.list.templates')}>
        <Answer of={templates} rows={3}>
          {(all) => (
            <TemplateRows templates={all} onBegin={(template) => setBeginning({ kind: 'template', template })} />
          )}
        </Answer>
      </Box>
      {beginning && <BeginDialog start={beginning} versions={versions.data ?? []} onClose={() => setBeginning(null)} />}
      <VersionDrawer
        version={chosen ?? null}
        others={versions.data ?? []}
        onClose={() => setQuery({ version: undefined })}
        onChanged={versions.again}
        onBegin={(tariffId, version) => setBeginning({ kind: 'published', tariffId, version })}
      />
    </Page>
  );
}
