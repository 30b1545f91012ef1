import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { CardView } from '../../../shared/contract/cards.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { Box } from '../../office/Page.tsx';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { PlateText } from '../../office/Registry.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';
import { Leads } from '../../office/Values.tsx';

/** The cars of a card (一位多车). */
export function CardPlates({ card, onDone }: { card: CardView; onDone: () => void }) {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'card.edit')) && card.state !== 'cancelled';
  const [typing, setTyping] = useState<{ readonly old: string | null } | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const act = useAct();
  const { id } = card;
  const close = (): void => {
    setTyping(null);
    setRemoving(null);
  };
  const done = (): void => {
    close();
    onDone();
  };
  return (
    <Box
      title={`${t('cards.vehicles')} · ${t('cards.spaces')} ${card.spaces}`}
      extra={edits && <Button onClick={() => setTyping({ old: null })}>{t('cards.addPlate')}</Button>}
    >
      {card.plates.length === 0 && <p>{t('cards.noPlatesText')}</p>}
      <ul className="card-plates">
        {card.plates.map((plate) => (
          <li key={plate}>
            <PlateText plate={plate} />
            <Leads to="stays" place={{ query: { plate } }} label={t('cards.served.more', { plate })}>
              {t('cards.staysOf')}
            </Leads>
            {edits && (
              <>
                <Button
                  size="small"
                  aria-label={t('cards.replacePlateOf', { plate })}
                  onClick={() => setTyping({ old: plate })}
                >
                  {t('cards.replacePlate')}
                </Button>
                {card.plates.length + card.icNumbers.length > 1 && (
                  <Button
                    size="small"
                    danger
                    aria-label={t('cards.removePlateOf', { plate })}
                    onClick={() => setRemoving(plate)}
                  >
                    {t('cards.removePlate')}
                  </Button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
      {typing && <PlateDialog card={card} old={typing.old} onClose={close} onDone={done} />}
      {removing !== null && (
        <ReasonDialog
          title={t('cards.removeTitle', { plate: removing })}
          consequence={t('cards.removeText')}
          verb={t('cards.removePlate')}
          reason="none"
          danger
          act={act}
          onClose={close}
          onConfirm={async () => {
            const plates = [removing];
            const told = { done: t('cards.plateRemoved') };
            if (await act.run((client) => client.cards.plates({ id, how: 'remove', plates }), told)) done();
          }}
        />
      )}
    </Box>
  );
}

/** One more plate, or another in the place of one. */
function PlateDialog(props: { card: CardView; old: string | null; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { card, old } = props;
  const { id } = card;
  const form = useForm(
    { plate: '', share: false },
    {
      act,
      check: ({ plate }) => (plate === '' ? { plate: t('registry.needPlate') } : {}),
      places: {
        'plate-on-other-card': 'plate',
        'plate-odd': 'plate',
        'plate-too-long': 'plate',
        'too-many-plates': 'plate',
      },
    },
  );
  const { values, set, fault } = form;
  const save = async ({ plate, share }: typeof values): Promise<void> => {
    const done = await act.run(
      (client) =>
        old === null
          ? client.cards.plates({ id, how: 'add', plates: [plate], share })
          : client.cards.replacePlate({ id, old, plate, share }),
      { done: t(old === null ? 'cards.plateAdded' : 'cards.plateReplaced') },
    );
    if (done) props.onDone();
  };
  return (
    <FormDialog
      title={old === null ? t('cards.addPlateTitle', { number: card.number }) : t('cards.replaceTitle', { plate: old })}
      verb={t(old === null ? 'cards.addPlate' : 'cards.replacePlate')}
      width={520}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
    >
      <Field
        id="card-plate"
        label={t('cards.newPlate')}
        fault={fault('plate')}
        hint={t('registry.plateHint')}
        needed
        wide
      >
        <PlateInput
          id="card-plate"
          label={t('cards.newPlate')}
          value={values.plate}
          onChange={(plate) => set({ plate })}
        />
      </Field>
      <p className="form-told">
        <Checkbox checked={values.share} onChange={(event) => set({ share: event.target.checked })}>
          {t('cards.share')}
        </Checkbox>
      </p>
    </FormDialog>
  );
}
