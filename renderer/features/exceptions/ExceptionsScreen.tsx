import { Segmented } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Page } from '../../office/Page.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { AttemptsTab } from './AttemptsTab.tsx';
import { CasesTab } from './CasesTab.tsx';
import type { CaseTab } from './case-summary.ts';
import { OpensTab } from './OpensTab.tsx';
import './exceptions.css';

const tabs = ['open', 'mine', 'nobody', 'closed', 'payments', 'opens'] as const;
type Tab = (typeof tabs)[number];

/** 异常处理: what a named person must look at and bring to an end, payments without an outcome, arms moved by hand. */
export function ExceptionsScreen() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const [query, change] = useQuery();
  const summary = useAsk((client, signal) => client.cases.summary(undefined, { signal }), []);
  const shown = tabs.filter((tab) => tab !== 'opens' || may(user, 'audit.read'));
  const tab: Tab = shown.find((each) => each === query['tab']) ?? 'open';
  const label = (each: Tab): string => {
    const counts = summary.data;
    const count = each === 'open' ? counts?.open : each === 'mine' ? counts?.mine : undefined;
    return `${t(`exceptions.tab.${each}`)}${count === undefined ? '' : ` ${count}`}`;
  };
  return (
    <Page
      title={t('nav.exceptions')}
      note={
        <Segmented<Tab>
          aria-label={t('nav.exceptions')}
          value={tab}
          onChange={(next) => change({ tab: next === 'open' ? undefined : next })}
          options={shown.map((value) => ({ value, label: label(value) }))}
        />
      }
      fill
    >
      {tab === 'payments' ? (
        <AttemptsTab />
      ) : tab === 'opens' ? (
        <OpensTab />
      ) : (
        <CasesTab key={tab} tab={tab satisfies CaseTab} summary={summary} />
      )}
    </Page>
  );
}
