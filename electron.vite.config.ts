import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** The targets name the oldest runtime the tests use (Electron 42); what ships is newer. */
const NODE_TARGET = 'node24'
const CHROME_TARGET = 'chrome148'

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      target: NODE_TARGET,
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: at('electron/main/index.ts'),
          engine: at('electron/engine/index.ts'),
          compute: at('core/engine/compute.ts'),
          'team-member': at('core/engine/team-member.ts'),
          'lane-member': at('core/engine/lane-member.ts'),
          'unpack-member': at('core/engine/unpack-member.ts'),
          cli: at('core/cli/index.ts')
        }
      }
    }
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      target: NODE_TARGET,
      // A sandboxed preload must be one CommonJS file.
      rolldownOptions: {
        input: { index: at('electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: at('renderer'),
    plugins: [svelte()],
    build: {
      outDir: at('out/renderer'),
      target: CHROME_TARGET,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 6000,
      rolldownOptions: { input: { index: at('renderer/index.html') } }
    }
  }
})
