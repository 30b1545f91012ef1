import { Button, Select, Switch } from 'antd';
import { useId, useState } from 'react';
import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import type { FoundDevice } from '../../../shared/contract/devices.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { Field } from '../../office/Form.tsx';
import { Box } from '../../office/Page.tsx';
import { Answer, Empty } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { type AdoptPlace, adoptDevice, indexOfSerial, movesArm, standingAt } from './adopt-device.ts';
import { edit } from './store.ts';

interface Wanted {
  readonly driver: string;
  readonly serialNo: string;
}

/** A device that calls and was chosen on the devices page: where it stands is asked, then it becomes part of the draft. */
export function AdoptBox(props: {
  draft: ConfigurationDocument;
  wanted: Wanted;
  /** The device now stands in the draft, at this place of the list. */
  onAdded: (index: number) => void;
}) {
  const { t } = useWords();
  const { draft, wanted } = props;
  const { driver, serialNo } = wanted;
  const found = useAsk((client, signal) => client.devices.found(undefined, { signal }), [driver, serialNo]);
  const present = indexOfSerial(draft, wanted);
  const back = <Button onClick={() => go('devices')}>{t('settings.adopt.back')}</Button>;
  if (present >= 0)
    return (
      <Box>
        <Empty title={t('settings.adopt.present', { serial: serialNo, id: draft.devices[present]?.id ?? '' })}>
          {back}
        </Empty>
      </Box>
    );
  return (
    <Box title={t('settings.adopt.title', { serial: serialNo })}>
      <Answer of={found} rows={2}>
        {(list) => {
          const device = list.find((each) => each.driver === driver && each.serialNo === serialNo);
          return device ? (
            <Placing key={serialNo} draft={draft} device={device} onAdded={props.onAdded} />
          ) : (
            <Empty title={t('settings.adopt.gone', { serial: serialNo })} text={t('settings.adopt.goneText')}>
              {back}
            </Empty>
          );
        }}
      </Answer>
    </Box>
  );
}

function Placing(props: { draft: ConfigurationDocument; device: FoundDevice; onAdded: (index: number) => void }) {
  const { t } = useWords();
  const { draft, device } = props;
  const id = useId();
  const armId = useId();
  const places = device.kind === 'camera' ? placesOf(draft, t) : [{ label: t('settings.adopt.none'), place: NOWHERE }];
  const [at, setAt] = useState<number | null>(null);
  const [arm, setArm] = useState(movesArm(device));
  const place = at === null ? undefined : places[at]?.place;
  const lane = place?.kind === 'lane' ? draft.lanes.find((each) => each.id === place.laneId) : undefined;
  const armWanted = movesArm(device) && place !== undefined && place.kind !== 'none' && lane?.barrier === undefined;
  const add = (): void => {
    if (!place) return;
    const old = standingAt(draft, place);
    const index = old ? draft.devices.indexOf(old) : draft.devices.length;
    edit((to) => adoptDevice(to, device, place, arm));
    props.onAdded(index);
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Field id={id} label={t('settings.adopt.where')} hint={t('settings.adopt.whereHelp')} needed>
        <Select
          id={id}
          value={at}
          options={places.map(({ label }, value) => ({ value, label }))}
          onChange={(chosen) => setAt(chosen)}
        />
      </Field>
      {armWanted && (
        <Field id={armId} label={t('settings.adopt.arm')} hint={t('settings.adopt.armHelp')}>
          <span>
            <Switch id={armId} checked={arm} onChange={setArm} aria-label={t('settings.adopt.arm')} />
          </span>
        </Field>
      )}
      <div className="set-form-end">
        <Button onClick={() => go('settings', { id: 'devices', replace: true })}>{t('settings.adopt.drop')}</Button>
        <Button type="primary" htmlType="submit" disabled={!place}>
          {t('settings.adopt.verb')}
        </Button>
      </div>
    </form>
  );
}

const NOWHERE: AdoptPlace = { kind: 'none' };

/** Lanes without a camera first: that is where a new one most likely belongs. */
function placesOf(draft: ConfigurationDocument, t: Translate): { label: string; place: AdoptPlace }[] {
  const slots = draft.lanes.flatMap((lane) =>
    (lane.direction === 'both' ? (['camera', 'exitCamera'] as const) : (['camera'] as const)).map((field) => ({
      old: lane[field],
      place: { kind: 'lane', laneId: lane.id, field } as const,
      lane: lane.name,
      exit: field === 'exitCamera',
    })),
  );
  const free = slots.filter(({ old }) => old === undefined);
  const taken = slots.filter(({ old }) => old !== undefined);
  return [
    ...free.map(({ place, lane, exit }) => ({
      place,
      label: t(exit ? 'settings.adopt.laneExit' : 'settings.adopt.lane', { lane }),
    })),
    {
      place: { kind: 'new', direction: 'in', name: t('settings.adopt.newInName') },
      label: t('settings.adopt.newIn'),
    },
    {
      place: { kind: 'new', direction: 'out', name: t('settings.adopt.newOutName') },
      label: t('settings.adopt.newOut'),
    },
    ...taken.map(({ place, lane, exit, old }) => ({
      place,
      label: t(exit ? 'settings.adopt.replaceExit' : 'settings.adopt.replace', { lane, old: old ?? '' }),
    })),
    { place: NOWHERE, label: t('settings.adopt.none') },
  ];
}
