import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import { clockStep } from '../clock-step.ts';
import { EXPERIMENTAL, heardStep, type LastHeard } from '../experimental-test.ts';
import { connectionStep, RELAY_UNSEEN } from '../vzenith-self-test.ts';

/** No question is known that it would answer: what it did last tells whether it is well. */
export const selfTest = (
  heard: LastHeard,
  brokerDown: string | null,
  clockOffsetMs: number | null,
): readonly SelfTestStep[] => [
  connectionStep(heard.address, brokerDown),
  ...(brokerDown === null ? [heardStep(heard), clockStep(clockOffsetMs), RELAY_UNSEEN] : []),
  EXPERIMENTAL,
];
