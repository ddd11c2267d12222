export const usage = `Eigendesk without a window. JSON goes to stdout, words to stderr.
Exit code 0: done. 1: something about the file or the options is wrong. 2: a fault of the program.

  inspect FILE [--json]
      What was understood: dialect, rows, a type for each column, problems with line and column.

  convert FILE --out FILE.csv|tsv|json|npy|npz|parquet [--columns a,b] [--json]
           [--delimiter comma|semicolon|tab] [--decimal-comma] [--missing NA] [--bom] [--lf]
           [--quote-all] [--without-header] [--unguarded] [--metadata]
      Writes the table in another format. In CSV and TSV an apostrophe is put before texts that a
      spreadsheet would run as formulas, unless --unguarded; --metadata writes source, checksum and
      steps beside it.

  prepare FILE --steps STEPS.json [--out FILE.csv|tsv|json|npy|npz|parquet] [--json]
      Filters, transforms, encodes, fills in: carries out the steps of a JSON file in order, says
      what each did, and writes the table they lead to.

  pca FILE [--columns a,b | --exclude a,b] [--scale none|unit|pareto|range|robust]
           [--centre mean|median|none] [--components K] [--divisor n-1|n] [--weight COL]
           [--missing drop|mean|iterative] [--impute-components K] [--label COL] [--group COL]
           [--supplementary-rows 24-27,30] [--supplementary-columns a,b]
           [--rotate varimax|quartimax|equamax|promax|oblimin] [--kaiser yes|no]
           [--power P] [--gamma G] [--starts N]
           [--criteria] [--permutations N] [--percentile P] [--folds N]
           [--bootstrap N] [--confidence P] [--align procrustes|permutation]
           [--seed N] [--out DIR] [--json] [--steps STEPS.json]
           [--solver auto|eigh-covariance|eigh-gram|krylov|randomized]
           [--model FILE.json] [--script FILE.py|FILE.R] [--report FILE.html]
           [--clusters N|auto] [--cluster-components K]
           [--compare scale=unit,centre=median,…]
      Principal components of the numeric columns. --power is promax's (4), --gamma oblimin's (0);
      --starts says from how many axes a rotation begins, the best of which is kept. --compare runs it
      again with these options and says the angles between the two spaces.

  project FILE --model MODEL.json|npz [--out FILE.csv|tsv|json|npy|npz|parquet] [--json]
      Scores, T², Q and cos² of the rows on the components of a model, with the limits of T² and Q: columns are
      matched by their names. With the model of svd: coordinates and cos² of rows, entries or texts on its factors.

  svd FILE [--columns a,b | --row COL --column COL [--value COL] | --text COL]
           [--language en|de|fr|…] [--stop-words list|none] [--min-documents N] [--max-share S]
           [--ngrams words|pairs] [--sublinear] [--label COL] [--factors K] [--seed N]
           [--solver auto|direct|krylov|randomized] [--out DIR] [--json]
           [--model FILE.json|npz] [--script FILE.py] [--report FILE.html]
      Truncated SVD, nothing centred: of numeric columns, of a long table of entries (repeated ones
      are added up), or of a text column as documents by words, weighed by TF-IDF as scikit-learn does.
      The script makes it again from the NPZ file beside it, with numpy and scipy alone.

  factorize FILE [--user COL --item COL --rating COL --time COL | --wide]
           [--method mean|bias|als|sgd|svdpp|nmf|bpmf|bsvdpp|popularity|wals|ials|hkv|ease|itemknn]
           [--factors K] [--regularization R] [--adapt yes|no] [--iterations N] [--nu E]
           [--unobserved-weight W] [--alpha A] [--learning-rate S] [--neighbours N] [--shrinkage S]
           [--samples N] [--burn-in N] [--duplicates mean|last|first|sum|max] [--min-user N]
           [--min-item N] [--liked-from V]
           [--split random|perUser|leaveLast|time|strong] [--test FRACTION | --test-file FILE]
           [--cutoff K] [--relevant-from V] [--sampled-negatives N] [--cv FOLDS] [--compare als,svdpp,…]
           [--search grid|random|halving --fits N --seconds S] [--stability SEEDS]
           [--seed N] [--out DIR] [--json]
           [--model-out MODEL.json|npz|txt] [--script FILE.py] [--report FILE.html]
           [--recommend N] [--predict PAIRS.csv]
  factorize --folds DIR [the same options, but for those of a test set]
      Users and items as factors: mean to bsvdpp predict ratings, popularity to itemknn preferences.
      --cv and --compare put models side by side on the same test ratings, with paired intervals;
      --folds fits to each NAME.base of a folder and judges on its NAME.test; --search looks for
      better parameters on a part of the training ratings; --stability fits again from that many
      further seeds and says which factors come back, how far errors vary, how many of a list of
      ten stay. --alpha0 is --unobserved-weight. --adapt says whether λ is multiplied by what suits the
      noise of the ratings: it is, unless --regularization is given.
      --sampled-negatives also ranks each test item among N others alone, as some papers do: such
      figures can put the worse of two models first, and models are not to be compared by them.
      In a file without a header a column is named by its number, from 1.
      --model-out writes the model: with its schema as JSON or NPZ, or in LIBMF's text form (.txt);
      --script a program that scores from it with numpy alone. Into the folder of --out go, with
      --recommend, lists of N for all users, and, with --predict, a table of pairs with what is
      predicted of each; who is not known is predicted by the rest and counted.

  recommend --model MODEL.json|npz (--user ID | --ratings "Title=5,Other=3") [--n 10] [--why ITEM]
           [--include-seen] [--min-ratings N] [--max-ratings N] [--items A,B] [--json]
      A list from a model file alone: for one of its users, or for somebody new, who is placed by one
      exact solve. A title with a comma stands in quotes: --ratings '"Lion, The=5"'. --why says what the
      score of an item is made of; the terms sum to it.

  --out DIR writes the tables the app exports, as CSV and JSON.`
