import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { FeeLines, FeeSteps } from '../../components/FeeSteps.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { Attention } from './Attention.tsx';
import { Candidates } from './Candidates.tsx';
import { CarHead } from './CarHead.tsx';
import { CarPhotos } from './CarPhotos.tsx';
import { Countdowns } from './Countdowns.tsx';
import { EntryCode } from './change/EntryCode.tsx';
import { OrderCode } from './change/OrderCode.tsx';
import { DoubtList, QuotedFee } from './Doubts.tsx';
import { MoneyBox } from './MoneyBox.tsx';
import { PanelButtons } from './PanelButtons.tsx';
import { PayBox } from './pay/PayBox.tsx';
import { useQuote } from './use-quote.ts';

/** A fee is in question, and no bill stands yet. */
const quotedFor = new Set<string>(['doubtful', 'amount-check', 'arrears'] satisfies PassageView['attention'][]);

/** The car on show: who it is, what the pictures say, what it owes and what can be done. */
export function CarPanel({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { attention } = passage;
  const undecided = lane.phase === 'attention' || lane.phase === 'asking';
  const quote = useQuote(passage, undecided && passage.stay !== null && quotedFor.has(attention ?? ''));
  const { t } = useWords();
  return (
    <div className="car" data-phase={lane.phase}>
      <CarHead lane={lane} passage={passage} />
      <Attention lane={lane} passage={passage} />
      <div className="car-body">
        <div className="car-left">
          {lane.phase === 'charging' && passage.bill && <PayBox bill={passage.bill} />}
          {lane.phase === 'cleared' && passage.changeOrders.map((order) => <OrderCode key={order.id} order={order} />)}
          {lane.phase === 'cleared' && lane.direction === 'in' && passage.identity !== null && (
            <EntryCode identity={passage.identity} />
          )}
          <CarPhotos lane={lane} passage={passage} />
          {passage.bill && <FeeSteps bill={passage.bill} />}
          {undecided && passage.candidates.length > 0 && <Candidates passage={passage} />}
          {undecided && attention === 'doubtful' && <DoubtList doubts={passage.doubts} />}
          {undecided && attention === 'amount-check' && typeof quote === 'object' && quote !== null && (
            <div className="steps">
              <h3>{t('panel.steps')}</h3>
              <FeeLines steps={quote.fee.steps} />
            </div>
          )}
        </div>
        <div className="car-right">
          {passage.bill && (
            <MoneyBox
              passageId={passage.id}
              bill={passage.bill}
              phase={lane.phase}
              paidFen={passage.stay?.paidFen ?? passage.bill.paidFen}
            />
          )}
          {lane.phase === 'charging' && passage.bill && <Countdowns passage={passage} bill={passage.bill} />}
          {quote !== null && <QuotedFee passage={passage} quote={quote} />}
          <PanelButtons lane={lane} passage={passage} />
        </div>
      </div>
    </div>
  );
}
