import { useWords } from '../lib/i18n/index.ts';
import { href, useRoute } from '../lib/route.ts';
import { may, useSession } from '../lib/station/session.ts';

/** Nobody may take the demo for the real thing; whoever may, finds the way out of it here. */
export function DemoStrip() {
  const { t } = useWords();
  const mayLeave = useSession(({ user }) => may(user, 'settings.change'));
  const here = useRoute(({ screen }) => screen === 'setup');
  return (
    <div className="demo-strip" role="note">
      <strong>{t('app.demo')}</strong>
      <span>{t('app.demoHint')}</span>
      {mayLeave && !here && <a href={href('setup')}>{t('app.demoLeave')}</a>}
    </div>
  );
}
