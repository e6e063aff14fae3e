// Tags what was merged.
const tag = 'v' + version;
run('git', ['tag', '-a', tag, '-m', tag]);
