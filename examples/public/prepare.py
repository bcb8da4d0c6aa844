#!/usr/bin/env python3
"""Brings public data sets into files that seqtool reads: prepare.py SOURCE DESTINATION [SET ...]

SOURCE holds the sets in folders with their original names, DESTINATION gets a folder for each set.
Sets: conll2000, imdb, sst2_phrases, trec, waimai_10k, weibo_ner; all that SOURCE has unless named.
"""
import csv, hashlib, io, re, sys, tarfile
from pathlib import Path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding='utf8')


def write_csv(path, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator='\n').writerows([('label', 'text'), *rows])
    write(path, out.getvalue())


def conll2000(source, folder):
    """Train has no dev part: the last tenth of its sentences is set aside, for choosing settings."""
    blocks = (source / 'conll2000/train.txt').read_text().strip('\n').split('\n\n')
    cut = len(blocks) - len(blocks) // 10
    write(folder / 'train.txt', '\n\n'.join(blocks[:cut]) + '\n\n')
    write(folder / 'dev.txt', '\n\n'.join(blocks[cut:]) + '\n\n')


def trec(source, folder):
    """The same for TREC, by lines."""
    lines = (source / 'trec/TREC.train.all').read_text(encoding='latin-1').rstrip('\n').split('\n')
    cut = len(lines) - -(-len(lines) // 10)
    write(folder / 'train.txt', '\n'.join(lines[:cut]) + '\n')
    write(folder / 'dev.txt', '\n'.join(lines[cut:]) + '\n')


def imdb(source, folder):
    """Reviews as CSV. Train has no dev part: the reviews whose number ends with 0 are set aside as one."""
    parts = {'train': [], 'dev': [], 'test': [], 'all': []}
    with tarfile.open(source / 'imdb/aclImdb.tar.gz') as archive:
        for member in archive:
            match = re.fullmatch(r'aclImdb/(train|test)/(pos|neg)/(\d+)_\d+\.txt', member.name)
            if not match: continue
            part, label, number = match.groups()
            row = int(number), label, archive.extractfile(member).read().decode().replace('<br />', ' ')
            if part == 'train':
                parts['all'].append(row)
                if number.endswith('0'): part = 'dev'
            parts[part].append(row)
    for part, rows in parts.items():
        write_csv(folder / f'{part}.csv', [row[1:] for row in sorted(rows)])


def sst2_phrases(source, folder):
    """The distinct pairs of phrase and class of all nodes of the training trees that are not neutral, in lower case."""
    found = {}
    for line in (source / 'sst_trees/train.txt').read_text(encoding='utf8').lower().splitlines():
        labels, starts, leaves = [], [], []
        for label, close, leaf in re.findall(r'\((\d)|(\))|([^ ()]+)', line):
            if label:
                labels.append(int(label))
                starts.append(len(leaves))
            elif leaf:
                leaves.append(leaf)
            else:
                label, start = labels.pop(), starts.pop()
                if label != 2: found[f'{int(label > 2)} ' + ' '.join(leaves[start:])] = None
    write(folder / 'train.txt', '\n'.join(found) + '\n')


def waimai_10k(source, folder):
    """A split by the digest of the review, so that equal texts are on one side: 8 tenths train, 1 dev, 1 test."""
    parts = {'train': [], 'dev': [], 'test': []}
    with open(source / 'waimai_10k/waimai_10k.csv', encoding='utf8', newline='') as file:
        for label, review in list(csv.reader(file))[1:]:
            tenth = int(hashlib.sha256(review.encode()).hexdigest()[:8], 16) % 10
            parts['train' if tenth < 8 else 'dev' if tenth == 8 else 'test'].append((label, review))
    for part, rows in parts.items():
        write_csv(folder / f'{part}.csv', rows)


def weibo_ner(source, folder):
    """Each character stands with its place in its word behind it, a digit, which becomes a column of its own."""
    for part in ('train', 'dev', 'test'):
        lines = (source / f'weibo_ner/weiboNER_2nd_conll.{part}').read_text(encoding='utf8').split('\n')
        rows = (line.split('\t') for line in lines)
        write(folder / f'{part}.txt', '\n'.join(f'{row[0][:-1]}\t{row[0][-1]}\t{row[1]}' if len(row) == 2 else '' for row in rows))


SETS = {'conll2000': conll2000, 'imdb': imdb, 'sst2_phrases': sst2_phrases, 'trec': trec,
        'waimai_10k': waimai_10k, 'weibo_ner': weibo_ner}


def main():
    if len(sys.argv) < 3 or set(sys.argv[3:]) - set(SETS): sys.exit(__doc__.strip())
    source, destination = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or SETS:
        SETS[name](source, destination / name)
        print(f'{destination / name}: {", ".join(sorted(p.name for p in (destination / name).iterdir()))}')


if __name__ == '__main__': main()
