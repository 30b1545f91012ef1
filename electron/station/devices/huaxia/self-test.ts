import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import { clockStep } from '../clock-step.ts';
import { EXPERIMENTAL, heardStep, type LastHeard } from '../experimental-test.ts';

const NO_RELAY: SelfTestStep = {
  ...{ step: 'relay', result: 'warning', tookMs: null },
  detail: '该相机不能经网络动闸杆，车道的道闸要接继电器板',
  said: { code: 'relay-board-needed', figures: {} },
};

/** A camera that calls us cannot be called: what it did last tells whether it is well. */
export const selfTest = (heard: LastHeard, clockOffsetMs: number | null): readonly SelfTestStep[] => [
  heardStep(heard),
  clockStep(clockOffsetMs),
  NO_RELAY,
  EXPERIMENTAL,
];
