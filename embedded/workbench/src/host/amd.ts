/**
 * Loads AMD modules, the form in which Grafana's plugins are built, by script elements: the page's policy forbids eval.
 */
type Factory = (...dependencies: unknown[]) => unknown;
type Libraries = Readonly<Record<string, unknown>>;

interface Defined {
  readonly names: readonly string[];
  readonly factory: Factory;
}

/** What the scripts defined that have run so far, by their address. */
const defined = new Map<string, Defined>();

function define(...args: readonly unknown[]): void {
  const factory = args.at(-1);
  const names = args.find(Array.isArray) ?? [];
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || typeof factory !== 'function') {
    throw new Error(
      'define() takes names of libraries and a function, and is called once by a script of a plugin',
    );
  }
  defined.set(script.src, { names, factory: factory as Factory });
}

/** How many scripts are on their way; only then is there a `define`, for other scripts would take it for theirs. */
let loading = 0;

/**
 * Runs a script that calls `define` and makes its module.
 * @param url of the script, of this origin
 * @param libraries what the module may ask for, by name
 * @throws {Error} when there is no such script, it defines nothing, or it asks for a library that is not there
 */
export async function loadAmd(url: string, libraries: Libraries): Promise<unknown> {
  const script = document.createElement('script');
  script.src = url;
  loading++;
  Object.assign(window, { define: Object.assign(define, { amd: {} }) });
  try {
    await new Promise<void>((resolve, reject) => {
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`${url} could not be loaded`));
      document.head.append(script);
    });
  } finally {
    loading--;
    if (loading === 0) Object.assign(window, { define: undefined });
  }
  const module = defined.get(script.src);
  if (!module) throw new Error(`${url} is not an AMD module`);
  return make(module, url, libraries);
}

function make({ names, factory }: Defined, url: string, libraries: Libraries): unknown {
  const exports = {};
  const dependencies = names.map((name) => {
    if (name === 'exports') return exports;
    if (name in libraries) return libraries[name];
    throw new Error(`${url} asks for ${name}; there are ${Object.keys(libraries).join(', ')}`);
  });
  return factory(...dependencies) ?? exports;
}
