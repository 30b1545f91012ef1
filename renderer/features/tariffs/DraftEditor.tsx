import { Button } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { errorCode } from '../../lib/station/error-code.ts';
import { Page } from '../../office/Page.tsx';
import { Empty, Failed, Fetching } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { Editing } from './Editing.tsx';

/** One draft; its newest state on the station is asked for whenever the connection is back. */
export function DraftEditor({ draftId }: { draftId: string }) {
  const { t } = useWords();
  const asked = useAsk((client) => client.tariffs.drafts.get({ draftId }), [draftId]);
  const calendar = useAsk((client) => client.calendar.get(), []);
  const spaces = useAsk((client) => client.spaces.get(), []);
  if (asked.data !== null)
    return (
      <Editing
        key={draftId}
        latest={asked.data}
        seasons={calendar.data?.seasons ?? []}
        areas={spaces.data?.areas ?? []}
        onAskAgain={asked.again}
      />
    );
  return (
    <Page title={t('nav.tariffs')}>
      {!asked.failed ? (
        <Fetching rows={8} />
      ) : errorCode(asked.failed.error) === 'NOT_FOUND' ? (
        <Empty title={t('tariffs.noDraft')} text={t('tariffs.noDraftText')}>
          <Button onClick={() => go('tariffs')}>{t('tariffs.toList')}</Button>
        </Empty>
      ) : (
        <Failed error={asked.failed.error} onAgain={asked.again} />
      )}
    </Page>
  );
}
