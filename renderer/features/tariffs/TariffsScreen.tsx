import { useRoute } from '../../lib/route.ts';
import { DraftEditor } from './DraftEditor.tsx';
import { TariffList } from './TariffList.tsx';
import './tariffs.css';
import './tariff-side.css';

/** 收费规则: what counts now, what comes, what is being worked on; one draft in its editor. */
export function TariffsScreen() {
  const id = useRoute((route) => route.id);
  return id === null ? <TariffList /> : <DraftEditor draftId={id} />;
}
