// The API is what its OpenAPI document says: every operation of the document is called on a real server that a demo has filled, with
// the document's own examples, and what comes back must fit its schema, without a member that the document does not know.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import Ajv2020 from 'ajv/dist/2020.js';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { root, startServer, until } from './server.mjs';

const methods = ['get', 'post', 'put', 'delete'];

let server;
let document;
let ajv;
/** Values of path parameters, and of bodies that need something that exists. */
let known;

before(async () => {
  server = await startServer();
  await promisify(execFile)(`${root}/artifacts/bin/Otelier.Cli/release/otelier`, [
    'demo', '--endpoint', server.http, '--api', server.api, '--rate', '20', '--duration', '3s', '--history', '10m',
  ]);
  document = await server.get('/openapi/v1.json');
  ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ ...closed(document), $id: 'api' });
  known = await lookUp();
});

after(() => server?.stop());

test('the document is lint-clean', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    // Open endpoints are open on purpose, and everybody serves this from a host of their own.
    rules: { 'security-defined': 'off', 'no-empty-servers': 'off', 'operation-4xx-response': 'off' },
  });
  const found = await lintFromString({ source: JSON.stringify(document), config, absoluteRef: 'v1.json' });
  assert.deepEqual(found.map((problem) => `${problem.ruleId}: ${problem.message} at ${problem.location[0]?.pointer}`), []);
});

describe('every operation', async () => {
  test('answers as described', async (t) => {
    const operations = Object.entries(document.paths)
      .flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })))
      // What one makes, another takes away.
      .sort((a, b) => methods.indexOf(a.method) - methods.indexOf(b.method));
    assert.ok(operations.length > 0);
    for (const { path, method, operation } of operations) {
      await t.test(`${method.toUpperCase()} ${path}`, () => call(path, method, operation));
    }
  });
});

async function call(path, method, operation) {
  const parameters = (operation.parameters ?? []).concat(document.paths[path].parameters ?? []).map(resolve);
  const query = new URLSearchParams();
  let route = path;
  for (const parameter of parameters) {
    const value = known[operation.operationId]?.[parameter.name] ?? known[parameter.name] ?? parameter.example;
    if (parameter.required) assert.notEqual(value, undefined, `${parameter.name} has no example`);
    if (value === undefined) continue;
    if (parameter.in === 'path') route = route.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (parameter.in === 'query') for (const one of [value].flat()) query.append(parameter.name, one);
  }
  const init = { method: method.toUpperCase(), headers: { ...known[operation.operationId]?.headers } };
  const body = operation.requestBody && resolve(operation.requestBody).content['application/json'];
  if (body) {
    const value = known[operation.operationId]?.body ?? body.example ?? resolve(body.schema).example;
    assert.notEqual(value, undefined, 'the body has no example');
    init.headers['content-type'] = 'application/json';
    init.body = JSON.stringify(value);
  }

  const answer = await fetch(`${server.api}${route}${query.size ? `?${query}` : ''}`, init);
  const text = await answer.text();
  const told = `${answer.status} ${text.slice(0, 500)}`;
  assert.ok(answer.ok, told);
  assert.ok(operation.responses[answer.status], `the document does not know of ${told}`);
  const content = resolve(operation.responses[answer.status]).content;
  if (!content) return assert.equal(text, '', told);
  const type = answer.headers.get('content-type')?.split(';')[0];
  assert.ok(content[type], `the document does not know of ${type}`);
  if (type !== 'application/json') return;
  const validate = ajv.getSchema(pointerOf(path, method, answer.status, type));
  assert.ok(validate(JSON.parse(text)), `${ajv.errorsText(validate.errors, { separator: '\n' })}\n${told}`);
}

function pointerOf(path, method, status, type) {
  const operation = document.paths[path][method];
  const reference = operation.responses[status].$ref;
  const base = reference ? reference.slice(1) : `/${['paths', path, method, 'responses', status].map(escape).join('/')}`;
  return `api#${base}/content/${escape(type)}/schema`;
}

function escape(name) {
  return encodeURIComponent(String(name).replaceAll('~', '~0').replaceAll('/', '~1'));
}

function resolve(node) {
  return node?.$ref ? resolve(node.$ref.slice(2).split('/').reduce((at, name) => at[name.replaceAll('~1', '/')], document)) : node;
}

/**
 * The same, but an object with properties has no others unless it says so. What is a part of something else (allOf) cannot say it
 * itself; there the whole does.
 */
function closed(document) {
  const parts = new Set();
  visit(document, (node) => node.allOf?.forEach((part) => part.$ref && parts.add(resolve(part))));
  const close = (node, isPart = false) => {
    if (Array.isArray(node)) return node.map((item) => close(item, isPart));
    if (node === null || typeof node !== 'object') return node;
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, close(value, ['allOf', 'anyOf', 'oneOf'].includes(key))]));
    const isObject = node.allOf || (node.properties && typeof node.properties === 'object' && node.type?.includes?.('object'));
    if (isObject && !isPart && !parts.has(node) && !('additionalProperties' in node)) copy.unevaluatedProperties = false;
    return copy;
  };
  return close(document);
}

function visit(node, look) {
  if (node === null || typeof node !== 'object') return;
  look(node);
  for (const child of Object.values(node)) visit(child, look);
}

/** Looks up, through the API itself, things that exist; makes what does not. */
async function lookUp() {
  const { traces } = await until('traces', async () => {
    const page = await server.get('/api/v1/traces?limit=2');
    return page.traces.length === 2 && page;
  });
  const { spans } = await server.get(`/api/v1/traces/${traces[0].traceId}`);
  const { services } = await server.get('/api/v1/services');
  const { metrics } = await until('a counter', async () => {
    const page = await server.get('/api/v1/metrics');
    return page.metrics.some((metric) => metric.type === 'sum') && page;
  });
  const { logs } = await until('a log', async () => {
    const page = await server.get('/api/v1/logs?limit=1');
    return page.logs.length === 1 && page;
  });
  const metric = { name: metrics.find((one) => one.type === 'sum').name };
  const key = await post('/api/v1/keys', { name: 'the test', role: 'admin' });
  const [token, second, third] = [await tokenOf(key.key), await tokenOf(key.key), await tokenOf(key.key)];
  const view = await post('/api/v1/views', { name: 'the test', page: 'traces', search: 'start=-1h' });
  await post('/api/v1/tenants', { name: 'to-be-deleted' });
  return {
    traceId: traces[0].traceId,
    spanId: spans[0].spanId,
    left: traces[0].traceId,
    right: traces[1].traceId,
    getService: { name: services[0].name },
    getLog: { id: logs[0].id },
    getLogContext: { id: logs[0].id },
    ...Object.fromEntries(['findJaegerServiceOperations', 'findJaegerOperations', 'findJaegerTraces', 'findJaegerOtlpOperations'].map((id) => [id, { service: services[0].name }])),
    findJaegerDependencies: { endTs: Date.now() },
    findJaegerOtlpTraces: {
      'query.startTimeMin': new Date(Date.now() - 3_600_000).toISOString(),
      'query.startTimeMax': new Date().toISOString(),
      'query.serviceName': services[0].name,
    },
    ...Object.fromEntries(['findMetricPoints', 'findMetricLabels', 'findMetricSeries', 'findMetricExemplars'].map((id) => [id, metric])),
    createToken: { body: { apiKey: key.key } },
    refreshToken: { body: { refreshToken: second.refreshToken } },
    revokeToken: { body: { token: third.token } },
    createAgentOpsToken: { body: { api_key: key.key } },
    getAgentOpsToken: { headers: { authorization: `Bearer ${token.token}` } },
    revokeKey: { id: key.id },
    replaceView: { id: view.id },
    deleteView: { id: view.id },
    setTenantQuota: { name: 'to-be-deleted' },
    deleteTenant: { name: 'to-be-deleted' },
  };
}

function tokenOf(apiKey) {
  return post('/api/v1/auth/token', { apiKey });
}

async function post(route, body) {
  const answer = await fetch(server.api + route, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${route}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}
