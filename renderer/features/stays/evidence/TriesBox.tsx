import type { Evidence } from '../../../../shared/contract/evidence.ts';
import type { AttemptView } from '../../../../shared/contract/payments.ts';
import { attemptWord } from '../../../events/attempt-word.ts';
import { channelName } from '../../../lib/channel-name.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Box } from '../../../office/Page.tsx';
import { useAsk } from '../../../office/use-ask.ts';
import { Money, State, type Tone, When } from '../../../office/Values.tsx';

const tones: Record<AttemptView['state'], Tone> = {
  ...({ created: 'info', sent: 'info', paid: 'go', declined: 'plain', unknown: 'call' } as const),
  ...({ reversing: 'call', reversed: 'plain', abandoned: 'plain' } as const),
};

/** 收款尝试: who was asked for the money and what came of it. A stay that nobody was asked about by wire has no such box. */
export function TriesBox({ evidence }: { evidence: Evidence }) {
  const { t } = useWords();
  const { uid } = evidence.stay;
  const asked = useAsk((client, signal) => client.payments.attempts({ uid }, { signal }), [evidence]);
  const channels = useAsk((client, signal) => client.payments.channels({}, { signal }), []);
  const tries = asked.data ?? [];
  if (tries.length === 0) return null;
  const named = (id: string): string =>
    channelName(channels.data?.find((channel) => channel.id === id) ?? { id, title: id }, t);
  return (
    <Box title={t('stays.evidence.tries')}>
      <ul className="evidence-lines">
        {tries.map((each) => (
          <li key={each.id}>
            <State tone={tones[each.state]}>{t(attemptWord(each))}</State>
            <When at={each.createdAt} />
            <span>
              {[named(each.channel), each.detail, each.reference ?? ''].filter((part) => part !== '').join(' · ')}
            </span>
            <strong className="evidence-amount">
              <Money fen={each.amountFen} />
            </strong>
          </li>
        ))}
      </ul>
    </Box>
  );
}
