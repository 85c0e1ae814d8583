# The pull script of the host in $1, each time on a small disk of its own that is almost full: of
# $2 (pages or files) as many are left as the other arguments say. A line of JSON for each, with
# what runs and whether it works: on the full disk, and after room was made. Needs a mount namespace.
set -eu
opt=$1 short=$2
shift 2

look() {
  "$opt/health" && health=true || health=false
  slot=$(readlink "$opt/releases/current")
  slot=${slot#slots/}
  printf '"%s": {"release": %s, "healthy": %s}' "$1" "${slot%%-*}" "$health"
}

cp -a "$opt" "$opt.aside"
for left; do
  mount -t tmpfs -o size=1m,nr_inodes=200 none "$opt"
  cp -a "$opt.aside/." "$opt/"
  mkdir "$opt/fill"
  if [ "$short" = pages ]; then
    head -c $((($(stat -f -c %a "$opt") - left) * 4096)) /dev/zero >"$opt/fill/all"
  else
    (cd "$opt/fill" && seq $(($(stat -f -c %d "$opt") - left)) | xargs -r touch)
  fi
  "$opt/bin/pull-releases" --into "$opt/releases" >"$opt.said" 2>&1 && code=0 || code=$?
  full=$(look full)
  rm -r "$opt/fill"
  "$opt/bin/pull-releases" --into "$opt/releases" >/dev/null 2>&1 || true
  echo "{\"left\": $left, \"code\": $code, $full, $(look after), \"said\": \"$(cat "$opt.said")\"}"
  umount "$opt"
done
