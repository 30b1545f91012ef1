import { type AnyContractRouter, isContractProcedure } from '@orpc/contract';
import { implement, isProcedure, ORPCError, type Router } from '@orpc/server';
import { type Contract, contract } from '../../../shared/contract/index.ts';
import type { FakeConnection } from './implementer.ts';

/** Every procedure of the contract. Said by name, because the compiler cannot write out the type that it would infer. */
export type FakeRouter = Router<Contract, FakeConnection>;

const isBranch = (node: unknown): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' && node !== null && !isProcedure(node);

/** The answers where there are some; everything else in the contract says that there is nothing of that name. */
function filled(asked: AnyContractRouter, answers: unknown): unknown {
  if (isContractProcedure(asked))
    return isProcedure(answers)
      ? answers
      : implement(asked).handler(() => {
          throw new ORPCError('NOT_FOUND', { message: '没有找到' });
        });
  const given = isBranch(answers) ? answers : {};
  return Object.fromEntries(Object.entries(asked).map(([name, node]) => [name, filled(node, given[name])]));
}

function answersAll(router: unknown, asked: AnyContractRouter): boolean {
  if (isContractProcedure(asked)) return isProcedure(router);
  return isBranch(router) && Object.entries(asked).every(([name, node]) => answersAll(router[name], node));
}

const isWhole = (router: unknown): router is FakeRouter => answersAll(router, contract);

/** A router over the whole contract from the part that the screens ask for today. */
export function wholeRouter(answers: object): FakeRouter {
  const router = filled(contract, answers);
  if (!isWhole(router)) throw new Error('a procedure of the contract has no answer');
  return router;
}
