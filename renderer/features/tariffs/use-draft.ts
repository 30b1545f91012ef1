import { useEffect, useMemo, useState } from 'react';
import type { TariffDraftView } from '../../../shared/contract/tariff-views.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { conflictReason } from '../../office/problem-text.ts';
import { useAct } from '../../office/use-act.ts';
import { formOf, readForm } from './form.ts';
import { useHistory } from './history.ts';
import { forgetUnsaved, keepUnsaved, unsavedOf } from './unsaved.ts';

/**
 * A draft under the hand: what was saved last, what is typed, and whether somebody else saved meanwhile. Nothing that was
 * typed is ever lost to what comes from the station.
 */
export function useDraft(latest: TariffDraftView) {
  const { t } = useWords();
  const [first] = useState(() => unsavedOf(latest.id));
  const [saved, setSaved] = useState(latest);
  /** The revision that the typing began with. */
  const [revision, setRevision] = useState(first?.revision ?? latest.revision);
  const history = useHistory(first?.form ?? formOf(latest.tariff, latest.open));
  const { form } = history;
  const act = useAct();
  const [other, setOther] = useState<TariffDraftView | null>(null);
  const reading = useMemo(() => readForm(form), [form]);
  const savedText = useMemo(() => textOf(readForm(formOf(saved.tariff, saved.open))), [saved]);
  const dirty = textOf(reading) !== savedText;
  const { id } = latest;

  useEffect(() => {
    if (dirty) keepUnsaved(id, form, revision);
    else forgetUnsaved(id);
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty, id, form, revision]);

  const take = (draft: TariffDraftView): void => {
    setSaved(draft);
    setRevision(draft.revision);
    setOther(null);
  };
  const reset = history.reset;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only news from the station starts this
  useEffect(() => {
    if (latest.revision <= Math.max(saved.revision, revision)) return;
    if (dirty) setOther(latest);
    else {
      take(latest);
      reset(formOf(latest.tariff, latest.open));
    }
  }, [latest.revision]);

  const save = async (over: number = revision): Promise<TariffDraftView | undefined> => {
    const answer = await act.run(
      async (client) => {
        try {
          return await client.tariffs.drafts.change({
            ...{ draftId: id, tariff: reading.document, open: [...reading.open] },
            revision: over,
          });
        } catch (error) {
          if (conflictReason(error) === 'draft-changed') setOther(await client.tariffs.drafts.get({ draftId: id }));
          throw error;
        }
      },
      { done: t('tariffs.saved') },
    );
    if (answer) take(answer);
    return answer;
  };
  return {
    ...{ history, form, reading, dirty, saved, revision, other, act, save },
    /** Gives up what was typed and goes on from what the other person saved. */
    takeOther: () => {
      if (!other) return;
      take(other);
      reset(formOf(other.tariff, other.open));
      act.clear();
    },
  };
}

const textOf = ({ document, open }: { document: unknown; open: readonly string[] }): string =>
  JSON.stringify([document, open]);
