# Writes each file that a Markdown page holds: a fenced block whose info string is a language and a path.
#   awk -v into=FOLDER -f extract.awk README.md        prints the paths
/^```[a-z]+ [^ ]+$/ && !file {
  file = $2
  if (file ~ /^\/|\.\./) { print "extract: " file " leads out of the folder" > "/dev/stderr"; exit 1 }
  path = into "/" file
  folder = path
  sub(/\/[^\/]*$/, "", folder)
  if (system("mkdir -p '" folder "'") != 0) exit 1
  printf "" > path
  print file
  next
}
/^```$/ && file { close(path); file = ""; next }
file { print > path }
