import { expect, test } from 'vitest';
import { arrangeOperations, type Operation } from './operations';

const operation = (name: string, kind: string, total: number) => ({ name, kind, durationTotalNanos: total }) as Operation;
const all = [operation('GET /', 'server', 5), operation('SELECT', 'client', 9), operation('work', 'internal', 7), operation('send', 'producer', 1), operation('receive', 'consumer', 2)];
const names = (side: Parameters<typeof arrangeOperations>[1], sort = '-total') => arrangeOperations(all, side, sort).map((one) => one.name);

test('operations are told apart by where their work comes from', () => {
  expect(names('all')).toEqual(['SELECT', 'work', 'GET /', 'receive', 'send']);
  expect(names('in')).toEqual(['GET /', 'receive']);
  expect(names('out')).toEqual(['SELECT', 'send']);
});

test('an unknown order is the usual one', () => {
  expect(names('in', 'nonsense')).toEqual(['receive', 'GET /']);
});
