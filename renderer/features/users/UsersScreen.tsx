import { Tabs } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Page } from '../../office/Page.tsx';
import { AccessTab } from './AccessTab.tsx';
import { AccountsTab } from './AccountsTab.tsx';
import { PostsTab } from './PostsTab.tsx';
import { SignInsTab } from './SignInsTab.tsx';
import './users.css';

const tabs = ['accounts', 'posts', 'signIns', 'access'] as const;
const shown = { accounts: AccountsTab, posts: PostsTab, signIns: SignInsTab, access: AccessTab };

/** Who works here, what each may do down to the button, who is signed in, and how people come and go. */
export function UsersScreen() {
  const { t } = useWords();
  const [query, change] = useQuery();
  const manages = useSession(({ user }) => may(user, 'user.manage'));
  const tab = tabs.find((each) => each === query['tab']) ?? 'accounts';
  const Tab = shown[tab];
  return (
    <Page title={t('users.title')} note={manages ? undefined : t('users.lookOnly')}>
      <Tabs
        className="users-tabs"
        activeKey={tab}
        onChange={(key) => change({ tab: key })}
        items={tabs.map((key) => ({ key, label: t(`users.tab.${key}`) }))}
      />
      <Tab />
    </Page>
  );
}
