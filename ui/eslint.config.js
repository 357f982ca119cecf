import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['src/api/schema.d.ts', 'node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat['recommended-latest'],
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', 400],
      'no-console': 'error',
      // Telemetry is hostile text: it never becomes markup.
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text stays text.' },
        { selector: "MemberExpression[property.name='innerHTML']", message: 'Text stays text.' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Features never import each other: they meet in components, lib and api.
      'no-restricted-imports': ['error', { patterns: [{ group: ['../../features/*', '../*/features/*'], message: 'Import by @/.' }] }],
      // Virtual lists are measured by a library that the compiler's rules do not know.
      'react-hooks/incompatible-library': 'off',
    },
  },
  { files: ['public/*.js'], languageOptions: { globals: { document: 'readonly', localStorage: 'readonly' } } },
  { files: ['scripts/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', fetch: 'readonly', URL: 'readonly' } }, rules: { 'no-console': 'off' } },
);
