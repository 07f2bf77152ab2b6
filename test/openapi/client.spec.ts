import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { ROOT } from '../support/eventually.js';

/** What a frontend would write on top of the generated types. */
const USE = `
  import type { components, operations, paths } from './client.js';
  type Body = operations['createStrategy']['requestBody']['content']['application/json'];
  export const body: Body = { strategy_definition_id: 1, initial_balance: 10000 };
  export type Strategy = components['schemas']['InstanceView'];
  export const path: keyof paths = '/api/v1/strategies';
  export const value = (strategy: Strategy): string => strategy.total_value;
`;

describe('openapi.json', () => {
  it('gives a client that compiles in strict mode', async () => {
    const document = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as never;
    const files: Record<string, string> = {
      [join(ROOT, 'client.ts')]: astToString(await openapiTS(document)),
      [join(ROOT, 'use.ts')]: USE,
    };
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile } = host;
    host.fileExists = (path) => path in files || fileExists(path);
    host.readFile = (path) => files[path] ?? readFile(path);
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (path, ...rest) =>
      files[path] === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, files[path], rest[0]);
    const program = ts.createProgram(Object.keys(files), options, host);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
    expect(problems).toEqual([]);
  });

  it('has a summary, a unique id and documented errors for every operation', () => {
    interface Operation {
      readonly operationId?: string;
      readonly summary?: string;
      readonly responses: Record<string, unknown>;
    }
    const document = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, Operation>>;
    };
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    const probes = new Set(['getLiveness', 'getReadiness']);
    expect(operations.length).toBeGreaterThan(20);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation.summary).toEqual(expect.any(String));
      const statuses = Object.keys(operation.responses);
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
      // The one rule of redocly.yaml that is off, for the probes have no input: everything else can go wrong.
      const refuses = statuses.some((status) => status.startsWith('4'));
      expect([operation.operationId, refuses]).toEqual([operation.operationId, !probes.has(operation.operationId!)]);
    }
  });

  interface Parameter {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly example?: unknown;
    readonly examples?: unknown;
    readonly schema?: { readonly example?: unknown; readonly examples?: unknown; readonly default?: unknown };
  }
  interface Answer {
    readonly headers?: Record<string, unknown>;
  }
  interface DocumentedOperation {
    readonly operationId: string;
    readonly 'x-roles': readonly string[];
    readonly parameters?: readonly Parameter[];
    readonly requestBody?: unknown;
    readonly responses: Record<string, Answer>;
  }
  const allOperations = (): [method: string, path: string, operation: DocumentedOperation][] => {
    const { paths } = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, DocumentedOperation>>;
    };
    return Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, string, DocumentedOperation] => [
        method,
        path,
        operation,
      ]),
    );
  };

  it('documents every error that an operation can answer', () => {
    const lacking: string[] = [];
    for (const [method, path, { operationId, responses, requestBody, 'x-roles': roles }] of allOperations()) {
      if (path.startsWith('/health')) continue;
      const isPublic = roles.includes('anyone');
      const expected = [
        ...(isPublic ? [] : ['401']),
        ...(isPublic || roles.length === 3 ? [] : ['403']),
        ...(path.includes('{') ? ['400', '404'] : []),
        ...(requestBody === undefined && method === 'get' ? [] : ['400', '413', '415', '422']),
        '429',
        '503',
      ];
      const missing = expected.filter((status) => !(status in responses));
      if (missing.length > 0) lacking.push(`${operationId}: ${missing.join()}`);
    }
    expect(lacking).toEqual([]);
  });

  it('documents where something that was made is, and the version of what has one', () => {
    const created = allOperations().filter(([, , { responses }]) => '201' in responses);
    expect(created.length).toBeGreaterThan(3);
    for (const [, , { operationId, responses }] of created) {
      expect([operationId, Object.keys(responses['201']!.headers ?? {})]).toEqual([
        operationId,
        expect.arrayContaining(['ETag', 'Location']),
      ]);
    }
    const [, , read] = allOperations().find(([, , { operationId }]) => operationId === 'getStrategy')!;
    expect(Object.keys(read.responses['200']!.headers ?? {})).toContain('ETag');
  });

  it('says of every path parameter what it is', () => {
    const inPaths = allOperations().flatMap(([, path, { parameters = [] }]) =>
      parameters.filter((one) => one.in === 'path').map(({ name, description = '' }) => [path, name, description]),
    );
    expect(inPaths.length).toBeGreaterThan(20);
    expect(inPaths.filter(([, , description]) => description === '')).toEqual([]);
  });

  it('gives an optional filter or header no example: the console would send it', () => {
    const filledIn = allOperations().flatMap(([method, path, { parameters = [] }]) =>
      parameters
        .filter((parameter) => parameter.in !== 'path' && parameter.required !== true)
        .filter(({ example, examples, schema }) => {
          const given = example ?? schema?.example;
          return (given !== undefined && given !== schema?.default) || examples !== undefined || schema?.examples;
        })
        .map(({ name }) => `${method} ${path} ${name}`),
    );
    expect(filledIn).toEqual([]);
  });
});
