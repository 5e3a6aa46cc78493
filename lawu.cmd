@echo off
rem The same as the script lawu, for Windows; it leaves it to Maven to see what must be built.
setlocal
set "ROOT=%~dp0"
set "VERB=%~1"
if "%VERB%"=="--help" goto usage
if "%VERB%"=="-h" goto usage
if "%VERB%"=="help" goto usage

set "CLASS=org.lawu.examples.Main"
set "MODULE=examples"
set "KIND="
if "%VERB%"=="" set "KIND=main"
if "%VERB%"=="run" set "KIND=main"
if "%VERB%"=="golden" set "KIND=main"
if "%VERB%"=="predict" set "KIND=main"
if "%VERB%"=="inspect" set "KIND=main"
if "%VERB%"=="bench" set "KIND=bench"
if "%VERB%"=="test" set "KIND=maven"
if "%VERB%"=="format" set "KIND=maven"
if not defined KIND (
  echo lawu: there is no verb '%VERB%'; see lawu --help. 1>&2
  exit /b 2
)

set "JDK="
if defined LAWU_JDK (
  call :try "%LAWU_JDK%"
  goto found
)
call :try "%JAVA_HOME%"
for /f "delims=" %%j in ('where java 2^>nul') do call :try "%%~dpj.."
for /d %%j in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do call :try "%%~j"
:found
if not defined JDK (
  echo lawu: needs a JDK 25 or newer ^(such as Eclipse Temurin 25^), and found none in LAWU_JDK, JAVA_HOME, the java on PATH, the usual folders of Program Files or .jdks: install one, or set LAWU_JDK to its folder. 1>&2
  exit /b 2
)
where mvn >nul 2>nul
if errorlevel 1 (
  echo lawu: needs Maven 3.8 or newer to build, and found no mvn on PATH: install it. 1>&2
  exit /b 2
)
set "JAVA_HOME=%JDK%"
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"

rem Without the verb, except that the examples want to see it.
set "REST=%*"
if "%KIND%"=="main" goto build
for /f "tokens=1,*" %%a in ("%REST%") do set "REST=%%b"

if "%VERB%"=="test" (
  call mvn -f "%ROOT%pom.xml" verify %REST%
  goto end
)
if "%VERB%"=="format" (
  call mvn -f "%ROOT%pom.xml" -q -B spotless:apply %REST%
  goto end
)
set "CLASS=org.lawu.benchmarks.Main"
set "MODULE=benchmarks"

:build
call mvn -f "%ROOT%pom.xml" -q -B -pl %MODULE% -am -Dspotless.check.skip=true process-classes
if errorlevel 1 (
  echo lawu: the build failed. 1>&2
  exit /b 1
)
set "CP="
for %%m in (%MODULE% core nn optim data train testkit) do call set "CP=%%CP%%%ROOT%%%m\target\classes;"
for /f "usebackq delims=" %%p in ("%ROOT%%MODULE%\target\classpath.txt") do call set "CP=%%CP%%%%p"
"%JDK%\bin\java" --add-modules jdk.incubator.vector "-Dlawu.root=%ROOT%." %LAWU_JAVA_OPTS% -cp "%CP%" %CLASS% %REST%
:end
exit /b %errorlevel%

:try
rem Takes a folder as the JDK if none is taken yet, and its release file tells a version of 25 or more.
if defined JDK exit /b
if not exist "%~1\bin\javac.exe" exit /b
if not exist "%~1\release" exit /b
for /f "usebackq tokens=2 delims==" %%v in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do (
  for /f "delims=.-+" %%n in ("%%~v") do if %%n geq 25 set "JDK=%~f1"
)
exit /b

:usage
echo usage: lawu                        list what can be run
echo        lawu run NAME [options]     train an example
echo        lawu predict MODEL INPUT    predict with a model that --save has saved
echo        lawu inspect MODEL          print its layers and where it comes from
echo        lawu golden DIR             check a folder of reference cases
echo        lawu bench [--workloads a,b] [--threads 1,2] [--json FILE]
echo                                    measure speed; --help and --list say more
echo        lawu bench jmh [options]    measure the speed of single kernels with JMH
echo        lawu bench memory           what training steps allocate
echo        lawu bench peak [NAME ...]  the memory that training steps need
echo        lawu bench scaling          how time and memory grow with batch, width and length
echo        lawu bench sizes [scalar]   look for sizes at which kernels fall behind
echo        lawu bench order            look for operations that others before them slow down
echo        lawu bench scalar           scalar kernels beside the vector kernels
echo        lawu bench sharing          what memory costs that another thread has touched
echo        lawu test [Maven options]   build everything and run all tests
echo        lawu format                 format the sources
echo        lawu --help                 show this
echo.
echo Needs a JDK 25 or newer, and Maven (mvn). Environment:
echo   LAWU_JDK        the folder of the JDK to use; without it one is looked for
echo   LAWU_JAVA_OPTS  more options for the JVM that runs an example, such as -Xmx4g
exit /b 0
