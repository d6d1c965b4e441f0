<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Import data…</source>
        <translation>导入数据(&amp;I)…</translation>
    </message>
    <message>
        <source>Take data from a CSV, TSV, npy or npz file</source>
        <translation>从 CSV、TSV、npy 或 npz 文件取数据</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Sa&amp;ve session…</source>
        <translation>保存会话(&amp;V)…</translation>
    </message>
    <message>
        <source>Save experiment, run, curves and checkpoints in one file, to go on from there</source>
        <translation>把实验、运行、曲线和检查点存入一个文件，以便从那里继续</translation>
    </message>
    <message>
        <source>Earlier r&amp;un…</source>
        <translation>早先的运行(&amp;U)…</translation>
    </message>
    <message>
        <source>Lay a session, a report, or what a run has written beside the run at hand</source>
        <translation>把会话、报告或某次运行写出的文件放在当前运行旁边</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>R&amp;eset</source>
        <translation>重置(&amp;E)</translation>
    </message>
    <message>
        <source>Begin anew, from exactly the same start</source>
        <translation>从完全相同的起点重新开始</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>单步(&amp;S)</translation>
    </message>
    <message>
        <source>Take one step</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Run until paused</source>
        <translation>一直运行，直到暂停</translation>
    </message>
    <message>
        <source>Run s&amp;teps</source>
        <translation>运行多步(&amp;T)</translation>
    </message>
    <message>
        <source>Run as many steps as the box beside it says</source>
        <translation>按旁边输入框中的步数运行</translation>
    </message>
    <message>
        <source>&amp;Copy losses</source>
        <translation>复制损失(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the newest losses, for a spreadsheet</source>
        <translation>复制最新的损失值，可粘贴到电子表格</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>加速(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation>减速(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Run and its plots</source>
        <translation>运行与曲线图(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Debug</source>
        <translation>调试(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Keyboard to Learn</source>
        <translation>键盘到学习面板(&amp;K)</translation>
    </message>
    <message>
        <source>To the panel that teaches; from there back</source>
        <translation>到学习面板；在那里再按就回到原处</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>放大(&amp;E)</translation>
    </message>
    <message>
        <source>Text and plots larger</source>
        <translation>放大文字和图</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>缩小(&amp;S)</translation>
    </message>
    <message>
        <source>Text and plots smaller</source>
        <translation>缩小文字和图</translation>
    </message>
    <message>
        <source>&amp;Usual size</source>
        <translation>通常大小(&amp;U)</translation>
    </message>
    <message>
        <source>Text and plots as large as the preferences say</source>
        <translation>文字和图恢复为首选项中的大小</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Fill the screen; Esc leaves it</source>
        <translation>占满屏幕；按 Esc 退出</translation>
    </message>
    <message>
        <source>&amp;Present</source>
        <translation>演示(&amp;P)</translation>
    </message>
    <message>
        <source>Code and formula large, the rest away; Esc leaves it</source>
        <translation>只留代码和公式，放大显示；按 Esc 离开</translation>
    </message>
    <message>
        <source>Default la&amp;yout</source>
        <translation>默认布局(&amp;L)</translation>
    </message>
    <message>
        <source>First &amp;steps</source>
        <translation>入门导览(&amp;S)</translation>
    </message>
    <message>
        <source>Lead through a first run, from its loss to a weight</source>
        <translation>引导完成第一次运行：从损失到一个权重</translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation>课程(&amp;L)</translation>
    </message>
    <message>
        <source>Step by step through an experiment in this window</source>
        <translation>在这个窗口里一步一步做一个实验</translation>
    </message>
    <message>
        <source>&amp;Exercises</source>
        <translation>练习(&amp;E)</translation>
    </message>
    <message>
        <source>Write a line of backpropagation or of an optimizer yourself</source>
        <translation>亲手写一行反向传播或优化器</translation>
    </message>
    <message>
        <source>&amp;Bug hunt</source>
        <translation>找错(&amp;B)</translation>
    </message>
    <message>
        <source>Find a mistake that was planted into a run whose loss still falls</source>
        <translation>在一个损失照样下降的训练里找出埋下的错误</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Glossary</source>
        <translation>术语表(&amp;G)</translation>
    </message>
    <message>
        <source>What the words in this window mean</source>
        <translation>此窗口中的词是什么意思</translation>
    </message>
    <message>
        <source>&amp;What is this?</source>
        <translation>这是什么(&amp;W)？</translation>
    </message>
    <message>
        <source>What is pointed at, in the glossary</source>
        <translation>在术语表中查看所指的内容</translation>
    </message>
    <message>
        <source>&amp;About Lockstep</source>
        <translation>关于 Lockstep(&amp;A)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>Step &amp;into</source>
        <translation>单步进入(&amp;I)</translation>
    </message>
    <message>
        <source>Follow the next step line by line in the Debug view</source>
        <translation>在调试视图中逐行跟踪下一步</translation>
    </message>
    <message>
        <source>Back to the st&amp;art</source>
        <translation>回到起点(&amp;H)</translation>
    </message>
    <message>
        <source>One step &amp;back</source>
        <translation>后退一步(&amp;B)</translation>
    </message>
    <message>
        <source>One recorded step for&amp;ward</source>
        <translation>在已记录的步中前进一步(&amp;W)</translation>
    </message>
    <message>
        <source>To the &amp;newest step</source>
        <translation>到最新一步(&amp;N)</translation>
    </message>
    <message>
        <source>Pau&amp;se</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停 (空格)</translation>
    </message>
    <message>
        <source>Run until paused (Space)</source>
        <translation>一直运行，直到暂停 (空格)</translation>
    </message>
</context>
<context>
    <name>Arrangement</name>
    <message>
        <source>Race</source>
        <translation>竞速</translation>
    </message>
    <message>
        <source>Loss of every lane of the race</source>
        <translation>竞速中各通道的损失</translation>
    </message>
</context>
<context>
    <name>AxisFields</name>
    <message>
        <source>Logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Which number to vary; switches and words cannot be</source>
        <translation>要变动哪个数值型超参数；开关和文字不能变动</translation>
    </message>
    <message>
        <source>{title}, from</source>
        <translation>{title}，从</translation>
    </message>
    <message>
        <source>The lowest value</source>
        <translation>最小的值</translation>
    </message>
    <message>
        <source>{title}, to</source>
        <translation>{title}，到</translation>
    </message>
    <message>
        <source>The highest value</source>
        <translation>最大的值</translation>
    </message>
    <message>
        <source>{title}, values</source>
        <translation>{title}，取值个数</translation>
    </message>
    <message>
        <source>How many values, both ends among them</source>
        <translation>取多少个值，两端包括在内</translation>
    </message>
    <message>
        <source>{title}, spacing</source>
        <translation>{title}，间距</translation>
    </message>
    <message>
        <source>Logarithmic: each value is the one before times the same factor. Linear: plus the same amount.</source>
        <translation>对数：每个值等于前一个值乘以同一倍数。线性：等于前一个值加上同一增量。</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>values</source>
        <translation>个值</translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>BoundaryPage</name>
    <message>
        <source>&amp;Output y</source>
        <translation>输出 y(&amp;O)</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Which of the outputs is drawn</source>
        <translation>画哪一个输出</translation>
    </message>
</context>
<context>
    <name>BranchLegend</name>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
</context>
<context>
    <name>BranchRow</name>
    <message>
        <source>{branch}: click to hide or show</source>
        <translation>{branch}：单击以隐藏或显示</translation>
    </message>
    <message>
        <source>Name of {branch}</source>
        <translation>{branch} 的名称</translation>
    </message>
    <message>
        <source>Remove {branch}</source>
        <translation>删除 {branch}</translation>
    </message>
    <message>
        <source>Loss of {lane} in {branch}</source>
        <translation>{branch} 中 {lane} 的损失</translation>
    </message>
</context>
<context>
    <name>BreakpointFields</name>
    <message>
        <source>Stop at</source>
        <translation>停止于</translation>
    </message>
    <message>
        <source>What the run stops at: a line, a stage or a condition</source>
        <translation>运行在何处停止：某一行、某个阶段或某个条件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A file of the DIY source</source>
        <translation>DIY 源代码中的一个文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>The number of the line, from 1</source>
        <translation>行号，从 1 数起</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>The part of the step that the run stops before</source>
        <translation>运行在一步中的哪一部分之前停止</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Of which layer</source>
        <translation>属于哪一层</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>量</translation>
    </message>
    <message>
        <source>What is looked at in each step</source>
        <translation>每一步中所查看的量</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>The lane that it is of; parity is of the two lanes of an optimizer</source>
        <translation>该量属于哪条通道；差异是就一个优化器的两条通道而言的</translation>
    </message>
    <message>
        <source>Stop when it</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>How it is compared. It rises compared with the step before.</source>
        <translation>如何比较。“升到”是与上一步相比。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The number that it is compared with</source>
        <translation>与之比较的数</translation>
    </message>
    <message>
        <source>From hit</source>
        <translation>从第几次命中起</translation>
    </message>
    <message>
        <source>The first times are let pass: stop from this hit on</source>
        <translation>放过前几次：从这一次命中起才停止</translation>
    </message>
    <message>
        <source>Any pair</source>
        <translation>任一对通道</translation>
    </message>
    <message>
        <source>Any lane</source>
        <translation>任一通道</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>倍数</translation>
    </message>
</context>
<context>
    <name>BreakpointList</name>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Space switches a breakpoint on or off, Delete removes it, Enter goes to it</source>
        <translation>空格键启用或停用断点，Delete 键删除断点，Enter 键转到断点</translation>
    </message>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>The run stops</source>
        <translation>停止位置</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>How often it was hit since the run began or breakpoints changed</source>
        <translation>自运行开始或断点更改以来命中的次数</translation>
    </message>
    <message>
        <source>on</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>the run stands here</source>
        <translation>运行停在此处</translation>
    </message>
    <message>
        <source>None yet. Click beside a line of the source, or add one here.</source>
        <translation>还没有断点。单击源代码某一行的旁边，或在此处添加。</translation>
    </message>
</context>
<context>
    <name>BreakpointsPanel</name>
    <message>
        <source>+ Stage</source>
        <translation>+ 阶段</translation>
    </message>
    <message>
        <source>+ Condition</source>
        <translation>+ 条件</translation>
    </message>
    <message>
        <source>Disable all</source>
        <translation>全部停用</translation>
    </message>
    <message>
        <source>Add a stage</source>
        <translation>添加阶段断点</translation>
    </message>
    <message>
        <source>Stop before a stage of each step, such as the optimizer&apos;s update</source>
        <translation>在每一步的某个阶段之前停止，例如优化器的更新</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>添加条件断点</translation>
    </message>
    <message>
        <source>Stop when a number of the run, such as the loss, gets there</source>
        <translation>当运行中的某个数 (例如损失) 达到条件时停止</translation>
    </message>
    <message>
        <source>Switch all breakpoints off, or on again</source>
        <translation>停用全部断点，或重新启用</translation>
    </message>
    <message>
        <source>Remove the chosen breakpoint (Delete)</source>
        <translation>删除所选的断点 (Delete)</translation>
    </message>
    <message>
        <source>Enable all</source>
        <translation>全部启用</translation>
    </message>
</context>
<context>
    <name>CentralTabs</name>
    <message>
        <source>Run, network, debugger and comparison</source>
        <translation>运行、网络、调试器与比较</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>调试</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>The run as a whole: loss, and heatmaps below (Ctrl+1)</source>
        <translation>整个运行：损失，以及下方的热图 (Ctrl+1)</translation>
    </message>
    <message>
        <source>Units and weights, live, with the numbers of a row of the data, and what was learned (Ctrl+4)</source>
        <translation>各单元与权重的实时图，带有一行数据经过时的数，以及学到了什么 (Ctrl+4)</translation>
    </message>
    <message>
        <source>One training step, line by line, in both directions (Ctrl+2)</source>
        <translation>一个训练步，逐行走，可前进可后退 (Ctrl+2)</translation>
    </message>
    <message>
        <source>The optimizers beside each other: race, table, loss surface, sweeps (Ctrl+3)</source>
        <translation>并排比较各优化器：竞速、表格、损失曲面、扫描 (Ctrl+3)</translation>
    </message>
</context>
<context>
    <name>ChainTable</name>
    <message>
        <source>The chain rule, row by row of the batch</source>
        <translation>链式法则，按批次逐行列出</translation>
    </message>
    <message>
        <source>share</source>
        <translation>贡献</translation>
    </message>
    <message>
        <source>row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>Row {number} of the data, from 0</source>
        <translation>数据的第 {number} 行，从 0 数起</translation>
    </message>
    <message>
        <source>row {number} at {position}</source>
        <translation>行 {number} 位置 {position}</translation>
    </message>
    <message>
        <source>Row {number} of the data at {position}, from 0</source>
        <translation>数据的第 {number} 行、位置 {position}，均从 0 起</translation>
    </message>
    <message>
        <source>{row}, k = {output}</source>
        <translation>{row}，k = {output}</translation>
    </message>
    <message>
        <source>The way through output {output}: each output depends on all z of its row.</source>
        <translation>经过输出 {output} 的路径：每个输出都依赖于该行的所有 z。</translation>
    </message>
    <message>
        <source>… rows not shown: {count}</source>
        <translation>……未显示的行：{count}</translation>
    </message>
    <message>
        <source>Σ  ∂L/∂{element}</source>
        <translation>Σ  ∂L/∂{element}</translation>
    </message>
    <message>
        <source>The shares of all rows added up: the gradient of {element}</source>
        <translation>所有行的贡献之和：{element} 的梯度</translation>
    </message>
</context>
<context>
    <name>ChoiceBox</name>
    <message>
        <source>Write my own…</source>
        <translation>编写自己的…</translation>
    </message>
</context>
<context>
    <name>ClipRow</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>norm of all</source>
        <translation>按总范数</translation>
    </message>
    <message>
        <source>each value</source>
        <translation>按每个值</translation>
    </message>
    <message>
        <source>Make large gradients smaller before each update: all together, or number by number</source>
        <translation>每次更新之前把过大的梯度缩小：整体缩小，或逐个数缩小</translation>
    </message>
    <message>
        <source>Optimizer {number}, clip</source>
        <translation>优化器 {number}，裁剪</translation>
    </message>
    <message>
        <source>The largest norm, or number, that the gradient may have: above 0</source>
        <translation>梯度允许的最大范数或最大绝对值：须大于 0</translation>
    </message>
    <message>
        <source>Optimizer {number}, clip limit</source>
        <translation>优化器 {number}，裁剪上限</translation>
    </message>
</context>
<context>
    <name>CodeHead</name>
    <message>
        <source>The file that is written</source>
        <translation>正在编写的文件</translation>
    </message>
    <message>
        <source>What this code is</source>
        <translation>这段代码是什么</translation>
    </message>
    <message>
        <source>Textbook</source>
        <translation>教科书</translation>
    </message>
    <message>
        <source>The textbook’s own, beside what differs</source>
        <translation>教科书自己的写法，并标出不同之处</translation>
    </message>
    <message>
        <source>Back to the step</source>
        <translation>回到训练步</translation>
    </message>
    <message>
        <source>Leave the file for the step that ran</source>
        <translation>离开此文件，回到已运行的训练步</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>训练步</translation>
    </message>
    <message>
        <source>Find: Enter goes on, Esc ends</source>
        <translation>查找：回车继续，Esc 结束</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 处</translation>
    </message>
    <message>
        <source>{words} – checking…</source>
        <translation>{words}（正在检查…）</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>正在检查…</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>One optimizer runs alone. Add another, and they race from the same start.</source>
        <translation>现在只有一个优化器在运行。再添加一个，它们便从同一起点开始竞速。</translation>
    </message>
    <message>
        <source>Add optimizer</source>
        <translation>添加优化器</translation>
    </message>
    <message>
        <source>Another optimizer that trains from the same start on the same batches</source>
        <translation>再添加一个优化器，从同一起点、用同样的批次训练</translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation>表格(&amp;B)</translation>
    </message>
    <message>
        <source>Show the table below the race, or leave its room to the plots</source>
        <translation>在竞速图下方显示表格，或把空间留给图</translation>
    </message>
    <message>
        <source>&amp;Plots</source>
        <translation>图(&amp;P)</translation>
    </message>
    <message>
        <source>Show surface, sweep and learning rates beside the race</source>
        <translation>在竞速图旁显示曲面、扫描和学习率</translation>
    </message>
    <message>
        <source>Cop&amp;y table</source>
        <translation>复制表格(&amp;Y)</translation>
    </message>
    <message>
        <source>Copy the table with all digits, for a spreadsheet (Ctrl+C in it)</source>
        <translation>复制表格的全部数位，可粘贴到电子表格 (在表格中按 Ctrl+C)</translation>
    </message>
    <message>
        <source>More about the race</source>
        <translation>竞速的更多操作</translation>
    </message>
</context>
<context>
    <name>ConfusionPage</name>
    <message>
        <source>Rows that train</source>
        <translation>用于训练的行</translation>
    </message>
    <message>
        <source>Rows that test</source>
        <translation>用于测试的行</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Which rows are counted</source>
        <translation>统计哪些行</translation>
    </message>
    <message>
        <source>Down: the class that the data say. Across: the class that is answered.</source>
        <translation>纵向：数据给出的类别。横向：网络回答的类别。</translation>
    </message>
    <message>
        <source>True classes down, answered classes across</source>
        <translation>纵向为真实类别，横向为回答的类别</translation>
    </message>
</context>
<context>
    <name>DataForm</name>
    <message>
        <source>Type numbers, or paste them from a spreadsheet or a CSV file; the grid grows as needed.</source>
        <translation>输入数字，或从电子表格、CSV 文件粘贴；表格会按需扩大。</translation>
    </message>
    <message>
        <source>Data: inputs x and targets y</source>
        <translation>数据：输入 x 与目标 y</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Take data from a file: CSV, TSV, npy or npz. It may be dropped on the window, too.</source>
        <translation>从文件取数据：CSV、TSV、npy 或 npz。也可以把文件拖到窗口上。</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>Make data…</source>
        <translation>生成数据…</translation>
    </message>
    <message>
        <source>Fill the grid by a formula: circle, moons, spiral, sine and others</source>
        <translation>按公式填充表格：圆、双月、螺旋、正弦等</translation>
    </message>
    <message>
        <source>Make data</source>
        <translation>生成数据</translation>
    </message>
    <message>
        <source>Add a row below the current one</source>
        <translation>在当前行下方添加一行</translation>
    </message>
    <message>
        <source>Add an input column</source>
        <translation>添加一个输入列</translation>
    </message>
    <message>
        <source>Add a target column</source>
        <translation>添加一个目标列</translation>
    </message>
    <message>
        <source>Remove the selected rows</source>
        <translation>删除所选的行</translation>
    </message>
    <message>
        <source>Remove the selected input columns, or the last one</source>
        <translation>删除所选的输入列；未选时删除最后一列</translation>
    </message>
    <message>
        <source>Remove the selected target columns, or the last one</source>
        <translation>删除所选的目标列；未选时删除最后一列</translation>
    </message>
    <message>
        <source>Rows {count}</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>x {count}</source>
        <translation>x {count} 列</translation>
    </message>
    <message>
        <source>y {count}</source>
        <translation>y {count} 列</translation>
    </message>
    <message>
        <source>The grid holds what was typed.</source>
        <translation>表格中有手工输入的内容。</translation>
    </message>
    <message>
        <source>Replace it? Ctrl+Z brings it back.</source>
        <translation>要替换吗？按 Ctrl+Z 可以找回。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
</context>
<context>
    <name>DataMaker</name>
    <message>
        <source>Circle (2 classes)</source>
        <translation>圆（2 类）</translation>
    </message>
    <message>
        <source>Exclusive or (2 classes)</source>
        <translation>异或（2 类）</translation>
    </message>
    <message>
        <source>Two moons (2 classes)</source>
        <translation>双月（2 类）</translation>
    </message>
    <message>
        <source>Spiral (2 classes)</source>
        <translation>螺旋（2 类）</translation>
    </message>
    <message>
        <source>Gaussians (2 classes)</source>
        <translation>高斯分布（2 类）</translation>
    </message>
    <message>
        <source>Sine (a number)</source>
        <translation>正弦（一个数）</translation>
    </message>
    <message>
        <source>Plane (a number)</source>
        <translation>平面（一个数）</translation>
    </message>
    <message>
        <source>Make data</source>
        <translation>生成数据</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The formula that the rows follow</source>
        <translation>各行所依据的公式</translation>
    </message>
    <message>
        <source>How many rows are made: from 1 to {last}</source>
        <translation>生成多少行：从 1 到 {last}</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>How far rows lie off the formula: the standard deviation of what is added to each number</source>
        <translation>各行偏离公式多远：加到每个数上的随机量的标准差</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Which rows are drawn: the same seed makes the same rows</source>
        <translation>抽出哪些行：同一种子生成同样的行</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The loss that the targets are made for: class numbers, or 0 and 1, or numbers to come near to</source>
        <translation>目标值适用于哪种损失：类别编号，或 0 和 1，或要逼近的数</translation>
    </message>
    <message>
        <source>For the loss</source>
        <translation>适用的损失</translation>
    </message>
    <message>
        <source>Fit the network&apos;s end</source>
        <translation>调整网络末端</translation>
    </message>
    <message>
        <source>So that it can be trained at once</source>
        <translation>这样就可以马上训练</translation>
    </message>
    <message>
        <source>What is made replaces the data in the grid; Ctrl+Z brings them back.</source>
        <translation>生成的数据会替换表格中的数据；按 Ctrl+Z 可以找回。</translation>
    </message>
    <message>
        <source>&amp;Make</source>
        <translation>生成(&amp;M)</translation>
    </message>
    <message>
        <source>Make the data</source>
        <translation>生成数据</translation>
    </message>
    <message>
        <source>This is not among what is accepted.</source>
        <translation>超出可接受的范围。</translation>
    </message>
    <message>
        <source>Fit the network&apos;s end: {loss}, last layer {units}, identity</source>
        <translation>调整网络末端：{loss}，最后一层 {units} 个单元，恒等</translation>
    </message>
</context>
<context>
    <name>DataPreview</name>
    <message>
        <source>Picture of the data</source>
        <translation>数据的图</translation>
    </message>
</context>
<context>
    <name>DebugActions</name>
    <message>
        <source>Toggle &amp;breakpoint</source>
        <translation>切换断点(&amp;K)</translation>
    </message>
    <message>
        <source>Stop before the line of the text cursor, or no more</source>
        <translation>在光标所在的行之前停止，或不再停止</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>Run on to the next breakpoint</source>
        <translation>继续运行到下一个断点</translation>
    </message>
    <message>
        <source>Step &amp;over</source>
        <translation>单步跳过(&amp;O)</translation>
    </message>
    <message>
        <source>Next line, past what this one calls</source>
        <translation>到下一行，不进入本行所调用的函数</translation>
    </message>
    <message>
        <source>Step &amp;into</source>
        <translation>单步进入(&amp;I)</translation>
    </message>
    <message>
        <source>Next line, into what this one calls</source>
        <translation>到下一行，进入本行所调用的函数</translation>
    </message>
    <message>
        <source>Step ou&amp;t</source>
        <translation>单步跳出(&amp;T)</translation>
    </message>
    <message>
        <source>On to the caller</source>
        <translation>继续到调用者</translation>
    </message>
    <message>
        <source>Next &amp;stage</source>
        <translation>下一阶段(&amp;S)</translation>
    </message>
    <message>
        <source>On to the beginning of the next stage</source>
        <translation>到下一阶段的开头</translation>
    </message>
    <message>
        <source>Next training ste&amp;p</source>
        <translation>下一训练步(&amp;P)</translation>
    </message>
    <message>
        <source>The same place, one training step on</source>
        <translation>同一位置，后一个训练步</translation>
    </message>
    <message>
        <source>Continue bac&amp;kwards</source>
        <translation>反向继续(&amp;B)</translation>
    </message>
    <message>
        <source>Run back to the last breakpoint before</source>
        <translation>往回运行到前一个断点</translation>
    </message>
    <message>
        <source>Step over backwards</source>
        <translation>反向单步跳过</translation>
    </message>
    <message>
        <source>Line before, past what it called</source>
        <translation>到上一行，不进入它所调用的函数</translation>
    </message>
    <message>
        <source>Step into backwards</source>
        <translation>反向单步进入</translation>
    </message>
    <message>
        <source>Line before, into what it called</source>
        <translation>到上一行，进入它所调用的函数</translation>
    </message>
    <message>
        <source>Step out backwards</source>
        <translation>反向单步跳出</translation>
    </message>
    <message>
        <source>Back to the caller</source>
        <translation>回到调用者</translation>
    </message>
    <message>
        <source>Previous stage</source>
        <translation>上一阶段</translation>
    </message>
    <message>
        <source>Back to the beginning of this stage, then of the one before</source>
        <translation>先回到本阶段的开头，再回到上一阶段的开头</translation>
    </message>
    <message>
        <source>Previous training step</source>
        <translation>上一训练步</translation>
    </message>
    <message>
        <source>The same place, one training step back</source>
        <translation>同一位置，前一个训练步</translation>
    </message>
</context>
<context>
    <name>DebugToolbar</name>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>The optimizer whose step is shown</source>
        <translation>所显示的是哪个优化器的训练步</translation>
    </message>
    <message>
        <source>Where the debugger is</source>
        <translation>调试器所在的位置</translation>
    </message>
</context>
<context>
    <name>DebugView</name>
    <message>
        <source>What is at hand</source>
        <translation>当前内容</translation>
    </message>
    <message>
        <source>About the source</source>
        <translation>关于源代码</translation>
    </message>
    <message>
        <source>The file has changed since it was loaded. Shown is what runs.</source>
        <translation>该文件在载入之后已被修改。这里显示的是实际运行的源代码。</translation>
    </message>
    <message>
        <source>About the log</source>
        <translation>关于日志</translation>
    </message>
    <message>
        <source>The textbook’s lines, from where the log stood; its numbers stand at them.</source>
        <translation>这里是教科书的代码行，从日志当时的位置出发；旁边是日志的数值。</translation>
    </message>
    <message>
        <source>About the line at hand</source>
        <translation>关于当前行</translation>
    </message>
    <message>
        <source>Line {line} does not run in this step.</source>
        <translation>第 {line} 行在这一步中不会执行。</translation>
    </message>
    <message>
        <source>Step {step:,}, at its end</source>
        <translation>第 {step:,} 步，已到末尾</translation>
    </message>
    <message>
        <source>{step:,}: end</source>
        <translation>{step:,}：末尾</translation>
    </message>
    <message>
        <source>Step {step:,}, {done} of {last} lines run</source>
        <translation>第 {step:,} 步，已执行 {done} 行，共 {last} 行</translation>
    </message>
    <message>
        <source>{step:,}: {done}/{last}</source>
        <translation>{step:,}：{done}/{last}</translation>
    </message>
    <message>
        <source>Every line of this step has run. Going on takes the next training step.</source>
        <translation>这一步的所有行都已执行。继续将走下一个训练步。</translation>
    </message>
    <message>
        <source>One training step of ours, about to begin. F10 takes the next line, Ctrl+F10 goes back.</source>
        <translation>我们自己的一个训练步，即将开始。按 F10 执行下一行，按 Ctrl+F10 退回。</translation>
    </message>
    <message>
        <source>{stage}: {about}</source>
        <translation>{stage}：{about}</translation>
    </message>
    <message>
        <source>Stopped: a number that is not finite arose in {tensor}.</source>
        <translation>已停止：{tensor} 中出现了非有限的数。</translation>
    </message>
    <message>
        <source>Stopped at a breakpoint, before the update of step {step:,}.</source>
        <translation>已在断点处停止，位于第 {step:,} 步的更新之前。</translation>
    </message>
    <message>
        <source>Running. This is step {step:,}</source>
        <translation>运行中。此处是第 {step:,} 步</translation>
    </message>
</context>
<context>
    <name>Debugging</name>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
</context>
<context>
    <name>DiagnosisStrip</name>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>The reason, and what helps</source>
        <translation>原因以及有何办法</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Go to where it is to be seen</source>
        <translation>转到可以看到它的地方</translation>
    </message>
    <message>
        <source>What else there is to say</source>
        <translation>还有什么可说的</translation>
    </message>
    <message>
        <source>Say this no more of this experiment</source>
        <translation>对此实验不再提示这一点</translation>
    </message>
    <message>
        <source>Why: {why}.
What helps: {helps}.</source>
        <translation>原因：{why}。
办法：{helps}。</translation>
    </message>
    <message>
        <source>{place} of {count} ▸</source>
        <translation>{place}/{count} ▸</translation>
    </message>
</context>
<context>
    <name>DialectOptions</name>
    <message>
        <source>The first row names the columns</source>
        <translation>首行是列名</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>Whether the first row is no data</source>
        <translation>首行是否不是数据</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Decimal mark</source>
        <translation>小数点</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Sessions, experiments and code (*.lockstep *.json *.py *.ipynb);;All files (*)</source>
        <translation>会话、实验和代码 (*.lockstep *.json *.py *.ipynb);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save experiment</source>
        <translation>保存实验</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Sessions (*.lockstep);;All files (*)</source>
        <translation>会话 (*.lockstep);;所有文件 (*)</translation>
    </message>
    <message>
        <source>“{title}” has been changed by another window or program since it was opened here.</source>
        <translation>“{title}”在此处打开之后，已被另一个窗口或程序更改。</translation>
    </message>
    <message>
        <source>Replace it with what is in this window?</source>
        <translation>要用此窗口中的内容替换它吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>“{title}” has changes that are not saved and cannot be kept for the next start: {reason}</source>
        <translation>“{title}”有未保存的更改，且无法为下次启动保留：{reason}</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>“{title}” has changes that are not saved.</source>
        <translation>“{title}”有尚未保存的更改。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save them first?</source>
        <translation>要先保存吗？</translation>
    </message>
    <message>
        <source>Experiments (*.json);;All files (*)</source>
        <translation>实验 (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Saving {file}…</source>
        <translation>正在保存 {file}…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DraftMessages</name>
    <message>
        <source>A draft of what was typed could not be read. It is kept as {file}.</source>
        <translation>有一份输入内容的草稿无法读取。它保留为 {file}。</translation>
    </message>
    <message>
        <source>What you type is not kept for the next start: {reason}</source>
        <translation>输入的内容无法为下次启动保留：{reason}</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Unsaved, from windows closed earlier:</source>
        <translation>先前关闭的窗口留下的未保存内容：</translation>
    </message>
    <message>
        <source>Show “{title}”</source>
        <translation>显示“{title}”</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Reading what was typed last: {title}</source>
        <translation>正在读取上次输入的内容：{title}</translation>
    </message>
</context>
<context>
    <name>EarlierLegend</name>
    <message>
        <source>Earlier run</source>
        <translation>早先的运行</translation>
    </message>
    <message>
        <source>The dotted curves: another run, for comparison</source>
        <translation>点线：供比较的另一次运行</translation>
    </message>
    <message>
        <source>{name}: not known over this axis</source>
        <translation>{name}：在此坐标轴上未知</translation>
    </message>
</context>
<context>
    <name>EarlierPage</name>
    <message>
        <source>Earlier run…</source>
        <translation>早先的运行…</translation>
    </message>
    <message>
        <source>Take the earlier run away again</source>
        <translation>移去早先的运行</translation>
    </message>
    <message>
        <source>Open a session, a report, or a file that a run has written, beside the run at hand</source>
        <translation>在当前运行旁边打开会话、报告或某次运行写出的文件</translation>
    </message>
    <message>
        <source>Sessions, reports, and what runs have written ({kinds});;All files (*)</source>
        <translation>会话、报告和运行写出的文件 ({kinds});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Earlier run</source>
        <translation>早先的运行</translation>
    </message>
    <message>
        <source>{file} {reason}.</source>
        <translation>{file} {reason}。</translation>
    </message>
    <message>
        <source>{name}: {steps} steps</source>
        <translation>{name}：{steps} 步</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{file} is being read…</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <source>How far both are apart is {untold}.</source>
        <translation>两者相差多少：{untold}。</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Keeping what was typed for the next start…</source>
        <translation>正在为下次启动保留输入的内容…</translation>
    </message>
</context>
<context>
    <name>ElementChooser</name>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>The weight or bias, by torch&apos;s name</source>
        <translation>权重或偏置，采用 torch 的名称</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Which unit of the layer the weight belongs to (i)</source>
        <translation>权重属于该层的哪个单元 (i)</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Which input of the unit it weighs (j)</source>
        <translation>权重作用于该单元的哪个输入 (j)</translation>
    </message>
    <message>
        <source>Coordinate</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Of the point: x or y</source>
        <translation>点的坐标：x 或 y</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>The row of the batch whose numbers are put in</source>
        <translation>代入批次中哪一行的数</translation>
    </message>
    <message>
        <source>&amp;row</source>
        <translation>行(&amp;R)</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>State of the debugger</source>
        <translation>调试器的状态</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>可以做什么</translation>
    </message>
    <message>
        <source>Follow another optimizer</source>
        <translation>改为跟踪另一个优化器</translation>
    </message>
    <message>
        <source>Follow {optimizer} instead</source>
        <translation>改为跟踪 {optimizer}</translation>
    </message>
    <message>
        <source>Loading torch…</source>
        <translation>正在加载 torch…</translation>
    </message>
    <message>
        <source>Here one training step is followed line by line, in our own source, beside torch&apos;s numbers.</source>
        <translation>在这里可以逐行跟踪一个训练步：走的是我们自己的源代码，旁边是 torch 的数。</translation>
    </message>
    <message>
        <source>The engine has stopped</source>
        <translation>引擎已停止</translation>
    </message>
    <message>
        <source>Start it again, and a step can be followed.</source>
        <translation>重新启动引擎后，即可跟踪训练步。</translation>
    </message>
    <message>
        <source>No step to follow yet</source>
        <translation>还没有可跟踪的训练步</translation>
    </message>
    <message>
        <source>The experiment on the left has faulty entries. Once they are corrected, a step can be followed.</source>
        <translation>左侧的实验填写有误。更正之后，即可跟踪训练步。</translation>
    </message>
    <message>
        <source>This optimizer runs as torch only: there is no line of ours to follow.</source>
        <translation>此优化器只以 torch 运行：没有可跟踪的我们自己的代码行。</translation>
    </message>
    <message>
        <source>Choose another optimizer, or let this one run as DIY too.</source>
        <translation>请选择另一个优化器，或让此优化器也以 DIY 运行。</translation>
    </message>
    <message>
        <source>This step cannot be followed</source>
        <translation>无法跟踪这一步</translation>
    </message>
    <message>
        <source>Own code keeps something that cannot be copied, or does not repeat itself: there is no going back.</source>
        <translation>自己的代码保存了无法复制的内容，或者不能重现自身：无法回退。</translation>
    </message>
    <message>
        <source>The log ends after step {step:,}</source>
        <translation>日志在第 {step:,} 步之后结束</translation>
    </message>
    <message>
        <source>There is no later step to follow. Go to another one on the timeline.</source>
        <translation>之后没有可跟踪的步。请在时间轴上选另一步。</translation>
    </message>
    <message>
        <source>There is no step {step:,} to follow</source>
        <translation>没有可跟踪的第 {step:,} 步</translation>
    </message>
    <message>
        <source>Go to another step on the timeline.</source>
        <translation>请在时间线上转到另一步。</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>运行中…</translation>
    </message>
    <message>
        <source>When the run pauses, the step that it has reached is shown here.</source>
        <translation>运行暂停后，此处显示它所到达的那一步。</translation>
    </message>
    <message>
        <source>Recording the step…</source>
        <translation>正在记录这一步…</translation>
    </message>
</context>
<context>
    <name>ExercisesPage</name>
    <message>
        <source>Exercises</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>To the line</source>
        <translation>去那一行</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Write a line of backpropagation or of an optimizer yourself, from a sigmoid’s slope to Adam</source>
        <translation>亲手写一行反向传播或优化器，从 sigmoid 的斜率到 Adam</translation>
    </message>
    <message>
        <source>What this code is</source>
        <translation>这段代码是什么</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>The window shows another experiment now. “Begin anew” has the exercise again.</source>
        <translation>窗口现在显示的是另一个实验。“重新开始”可以再做这个练习。</translation>
    </message>
    <message>
        <source>Write what belongs where ... stands.</source>
        <translation>在 ... 处写上应有的内容。</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>检查中…</translation>
    </message>
</context>
<context>
    <name>ExperimentForm</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Start and batches</source>
        <translation>起点与批次</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Precision and device</source>
        <translation>精度与设备</translation>
    </message>
    <message>
        <source>Test function</source>
        <translation>测试函数</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>Pictures on &amp;white</source>
        <translation>白底图片(&amp;W)</translation>
    </message>
    <message>
        <source>For print: plots in the light theme&apos;s colours, whichever the window has</source>
        <translation>用于打印：无论窗口用哪种主题，图都采用浅色主题的颜色</translation>
    </message>
    <message>
        <source>&amp;Race plot…</source>
        <translation>竞速图(&amp;R)…</translation>
    </message>
    <message>
        <source>Losses of the surf&amp;ace…</source>
        <translation>曲面上的损失(&amp;A)…</translation>
    </message>
    <message>
        <source>Loss &amp;surface…</source>
        <translation>损失曲面(&amp;S)…</translation>
    </message>
    <message>
        <source>S&amp;weep…</source>
        <translation>扫描(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Learning rates…</source>
        <translation>学习率(&amp;L)…</translation>
    </message>
    <message>
        <source>L&amp;oss plot of the run…</source>
        <translation>运行的损失曲线图(&amp;O)…</translation>
    </message>
    <message>
        <source>As it is on screen: with the Run view in front</source>
        <translation>与屏幕上所见相同：须运行视图在前</translation>
    </message>
    <message>
        <source>Picture of pixels</source>
        <translation>位图</translation>
    </message>
    <message>
        <source>Picture of lines</source>
        <translation>矢量图</translation>
    </message>
    <message>
        <source>&amp;Table…</source>
        <translation>表格(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Curves…</source>
        <translation>曲线(&amp;C)…</translation>
    </message>
    <message>
        <source>Sweep&apos;s &amp;numbers…</source>
        <translation>扫描的数据(&amp;N)…</translation>
    </message>
    <message>
        <source>The curves were lost with the engine.</source>
        <translation>曲线随引擎一起丢失了。</translation>
    </message>
    <message>
        <source>Arrays of NumPy&apos;s</source>
        <translation>NumPy 数组</translation>
    </message>
    <message>
        <source>Report of all of it (&amp;HTML)…</source>
        <translation>全部内容的报告 (&amp;HTML)…</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>The report is being made…</source>
        <translation>正在生成报告…</translation>
    </message>
    <message>
        <source>The report could not be made: {reason}</source>
        <translation>无法生成报告：{reason}</translation>
    </message>
    <message>
        <source>The report was lost with the engine. Make it again.</source>
        <translation>引擎停止，报告没有完成。请重新生成。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>{file} could not be written: {reason}</source>
        <translation>无法写入 {file}：{reason}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{file} is written.</source>
        <translation>已写入 {file}。</translation>
    </message>
</context>
<context>
    <name>FieldsForm</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>needed: 100, 150</source>
        <translation>必填：100, 150</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>{value} (default)</source>
        <translation>{value} (默认)</translation>
    </message>
</context>
<context>
    <name>FileMessages</name>
    <message>
        <source>{file} has changed since it was chosen. A run from its start takes what it holds now.</source>
        <translation>{file} 在选定之后已改变。从头开始的运行会采用它现在的内容。</translation>
    </message>
    <message>
        <source>{file} was changed just now. What was read of it before is what counts until Reset.</source>
        <translation>{file} 刚刚被改动。重置之前，以先前读到的内容为准。</translation>
    </message>
    <message>
        <source>{file} is gone, or has another name. Nothing can begin with it.</source>
        <translation>{file} 已不在，或改了名。无法用它开始。</translation>
    </message>
    <message>
        <source>{file} has changed since it was saved with this. What it held then goes on.</source>
        <translation>{file} 在随会话保存之后已改变。继续使用它当时的内容。</translation>
    </message>
    <message>
        <source>{file} was changed just now. The run goes on with what was read of it before.</source>
        <translation>{file} 刚刚被改动。运行继续使用先前读到的内容。</translation>
    </message>
    <message>
        <source>{file} is gone, or has another name. The run goes on with what was read of it.</source>
        <translation>{file} 已不在，或改了名。运行继续使用先前读到的内容。</translation>
    </message>
    <message>
        <source>Keep it so</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Read it and begin anew</source>
        <translation>读入并重新开始</translation>
    </message>
    <message>
        <source>Read it</source>
        <translation>读入</translation>
    </message>
</context>
<context>
    <name>FileStart</name>
    <message>
        <source>Weights from a file</source>
        <translation>来自文件的权重</translation>
    </message>
    <message>
        <source>How arrays are told apart: by names such as layer1.weight or 0.weight, or by the file’s order</source>
        <translation>如何分辨各个数组：按 layer1.weight、0.weight 之类的名称，或按文件中的顺序</translation>
    </message>
    <message>
        <source>Arrays are known</source>
        <translation>数组的对应方式</translation>
    </message>
    <message>
        <source>Of a run’s weights.npz, which has several: SGD/torch, say. Else leave it empty.</source>
        <translation>运行产生的 weights.npz 中有多个通道时填写，例如 SGD/torch；否则留空。</translation>
    </message>
    <message>
        <source>Lane in the file</source>
        <translation>文件中的通道</translation>
    </message>
    <message>
        <source>the only one</source>
        <translation>唯一的一个</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>in their order</source>
        <translation>按顺序</translation>
    </message>
    <message>
        <source>Weights ({patterns});;All files (*)</source>
        <translation>权重 ({patterns});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Weights from {file}</source>
        <translation>权重来自 {file}</translation>
    </message>
</context>
<context>
    <name>FoldedMessages</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Messages: {texts}</source>
        <translation>消息：{texts}</translation>
    </message>
</context>
<context>
    <name>Formula</name>
    <message>
        <source>Copy as LaTeX</source>
        <translation>复制为 LaTeX</translation>
    </message>
</context>
<context>
    <name>FormulaPage</name>
    <message>
        <source>Formulas</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Where ∂L/∂{element} comes from</source>
        <translation>∂L/∂{element} 从何而来</translation>
    </message>
    <message>
        <source>Why ∂L/∂{element} is {value}</source>
        <translation>∂L/∂{element} 为何是 {value}</translation>
    </message>
    <message>
        <source>The gradient is not finite: look for the first factor that is NaN or infinite.</source>
        <translation>梯度不是有限的数：请查找第一个为 NaN 或无穷大的因子。</translation>
    </message>
    <message>
        <source>DIY&apos;s chain rule and torch&apos;s autograd: {verdict}</source>
        <translation>DIY 的链式法则与 torch 的自动求导：{verdict}</translation>
    </message>
    <message>
        <source>The log&apos;s gradient and torch&apos;s autograd: {verdict}</source>
        <translation>日志的梯度与 torch 的自动求导：{verdict}</translation>
    </message>
</context>
<context>
    <name>FunctionChoice</name>
    <message>
        <source>{owner}: parameters</source>
        <translation>{owner}：参数</translation>
    </message>
    <message>
        <source>Its parameters, torch&apos;s defaults where none is given</source>
        <translation>它的参数；不填时取 torch 的默认值</translation>
    </message>
</context>
<context>
    <name>GlossaryPage</name>
    <message>
        <source>No word has that in it.</source>
        <translation>没有包含它的词。</translation>
    </message>
    <message>
        <source>Search the glossary</source>
        <translation>搜索术语表</translation>
    </message>
    <message>
        <source>A part of a word</source>
        <translation>词的一部分</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>术语表</translation>
    </message>
    <message>
        <source>See {terms}</source>
        <translation>参见：{terms}</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message>
        <source>This row only tests: it trains nothing</source>
        <translation>这一行只用于测试，不参与训练</translation>
    </message>
    <message>
        <source>An input of the network</source>
        <translation>网络的一个输入</translation>
    </message>
    <message>
        <source>The class of the row: a whole number from 0</source>
        <translation>该行的类别：从 0 开始的整数</translation>
    </message>
    <message>
        <source>What the network should answer for the row</source>
        <translation>网络对该行应给出的答案</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Nothing was pasted: a cell of {length} characters is no number.</source>
        <translation>未粘贴：一个有 {length} 个字符的单元格不是数字。</translation>
    </message>
    <message>
        <source>The grid has {inputs} inputs and {outputs} targets now, as what was pasted.</source>
        <translation>表格现在与所粘贴的一样，有 {inputs} 个输入和 {outputs} 个目标。</translation>
    </message>
    <message>
        <source>The grid has {inputs} inputs and {outputs} targets now: columns were added.</source>
        <translation>表格现在有 {inputs} 个输入和 {outputs} 个目标：已添加列。</translation>
    </message>
    <message>
        <source>Ctrl+Z takes it back.</source>
        <translation>Ctrl+Z 可撤回。</translation>
    </message>
    <message>
        <source>Decimal commas were read as points.</source>
        <translation>小数逗号已当作小数点读取。</translation>
    </message>
    <message>
        <source>The first row was left out, as it names columns: {names}.</source>
        <translation>首行是列名，已略去：{names}。</translation>
    </message>
</context>
<context>
    <name>GroupRow</name>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Moved by</source>
        <translation>更新方式</translation>
    </message>
    <message>
        <source>the same optimizer</source>
        <translation>同一优化器</translation>
    </message>
    <message>
        <source>Optimizer {number}, group {place}</source>
        <translation>优化器 {number}，参数组 {place}</translation>
    </message>
    <message>
        <source>Names of weights, * for anything: *.bias, layer1.*; the first group that fits has a weight</source>
        <translation>权重名称，* 代表任意内容：*.bias、layer1.*；每个权重归第一个匹配的参数组</translation>
    </message>
    <message>
        <source>Another optimizer moves these weights as an object of its own</source>
        <translation>另一种优化器作为独立的对象更新这些权重</translation>
    </message>
    <message>
        <source>No weight: none has such a name, or earlier groups have them all.</source>
        <translation>没有权重：没有这样的名称，或都已归前面的参数组。</translation>
    </message>
</context>
<context>
    <name>GroupsFold</name>
    <message>
        <source>Groups</source>
        <translation>参数组</translation>
    </message>
    <message>
        <source>Optimizer {number}</source>
        <translation>优化器 {number}</translation>
    </message>
    <message>
        <source>Other hyperparameters, or another optimizer, for some of the weights</source>
        <translation>为部分权重使用其他超参数或另一种优化器</translation>
    </message>
</context>
<context>
    <name>GroupsPanel</name>
    <message>
        <source>Add group</source>
        <translation>添加参数组</translation>
    </message>
    <message>
        <source>Optimizer {number}</source>
        <translation>优化器 {number}</translation>
    </message>
    <message>
        <source>Give some of the weights other hyperparameters, or another optimizer</source>
        <translation>为部分权重设定其他超参数或另一种优化器</translation>
    </message>
</context>
<context>
    <name>GuideStrip</name>
    <message>
        <source>Show me</source>
        <translation>示范给我看</translation>
    </message>
    <message>
        <source>Do it for me</source>
        <translation>替我做这一步</translation>
    </message>
    <message>
        <source>On to what comes next</source>
        <translation>前往下一站</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close these first steps for good; Help has them</source>
        <translation>不再显示入门导览；“帮助”里可以再打开</translation>
    </message>
</context>
<context>
    <name>Guiding</name>
    <message>
        <source>First steps</source>
        <translation>入门导览</translation>
    </message>
    <message>
        <source>They are about the article&apos;s experiment.</source>
        <translation>它讲的是文章中的实验。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开它</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>第 {place}/{count} 站</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一站</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
</context>
<context>
    <name>Gutter</name>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Click to stop before this line (F9)</source>
        <translation>单击以在此行之前停止 (F9)</translation>
    </message>
</context>
<context>
    <name>HeatmapPanel</name>
    <message>
        <source>Heatmaps of both lanes and their difference</source>
        <translation>两条通道及其差值的热图</translation>
    </message>
    <message>
        <source>Press Run or Step to begin</source>
        <translation>按“运行”或“单步”开始</translation>
    </message>
</context>
<context>
    <name>HowPage</name>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>How a lesson of your own is written</source>
        <translation>怎样编写自己的课程</translation>
    </message>
</context>
<context>
    <name>HuntAtHand</name>
    <message>
        <source>What does the line do?</source>
        <translation>这一行做了什么？</translation>
    </message>
    <message>
        <source>Bug hunt</source>
        <translation>找错</translation>
    </message>
    <message>
        <source>To the code</source>
        <translation>去看代码</translation>
    </message>
    <message>
        <source>It is this line</source>
        <translation>就是这一行</translation>
    </message>
    <message>
        <source>It is this cause</source>
        <translation>就是这个原因</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Next bug</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>The line of the code that the text cursor is in</source>
        <translation>文本光标所在的那一行代码</translation>
    </message>
    <message>
        <source>Hidden until line and cause are found: parity and verdicts, in Debug, maps, network and table what differs and by how much, the textbook beside the code, the report, and stops at a parity.</source>
        <translation>找到那一行和原因之前先藏起来：一致性和结论，调试、热图、网络与表格里哪里不同、差多少，代码旁边的教科书，报告，以及按一致性停下的断点。</translation>
    </message>
</context>
<context>
    <name>HuntPage</name>
    <message>
        <source>Bug hunt</source>
        <translation>找错</translation>
    </message>
    <message>
        <source>Find a mistake that was planted into a run whose loss still falls</source>
        <translation>在一个损失照样下降的训练里找出埋下的错误</translation>
    </message>
    <message>
        <source>Put the text cursor into the line first: “To the code” leads there.</source>
        <translation>先把文本光标放到那一行：“去看代码”会带你过去。</translation>
    </message>
    <message>
        <source>Yes, that is the line. What does it do?</source>
        <translation>对，就是这一行。它做了什么？</translation>
    </message>
    <message>
        <source>No, that line is as it should be.</source>
        <translation>不是，那一行没有问题。</translation>
    </message>
    <message>
        <source>No, that it does not do.</source>
        <translation>不，它做的不是这个。</translation>
    </message>
</context>
<context>
    <name>HuntStart</name>
    <message>
        <source>Plant a bug</source>
        <translation>埋下一个错误</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Whoever types the same one hunts the same bug</source>
        <translation>输入同一个种子的人找的是同一个错误</translation>
    </message>
    <message>
        <source>1 · a sign, a factor</source>
        <translation>1 · 符号与因子</translation>
    </message>
    <message>
        <source>2 · slopes and losses</source>
        <translation>2 · 斜率与损失</translation>
    </message>
    <message>
        <source>3 · layers</source>
        <translation>3 · 层</translation>
    </message>
    <message>
        <source>4 · optimizers</source>
        <translation>4 · 优化器</translation>
    </message>
    <message>
        <source>5 · what hardly shows</source>
        <translation>5 · 几乎看不出的</translation>
    </message>
    <message>
        <source>6 · two at once</source>
        <translation>6 · 同时两个</translation>
    </message>
    <message>
        <source>A mistake is planted into a function of the textbook. The loss falls all the same. Find the line by the debugger, the maps and the surface, say what it does, and mend it. Until then nothing marks where DIY and torch differ: both sides’ numbers stand beside each other, to be compared.</source>
        <translation>教科书的一个函数里埋下了一个错误。损失照样下降。用调试器、热图和曲面找出那一行，说出它做了什么，再改好它。在那之前，没有什么会标出 DIY 和 torch 在哪里不同：两边的数并排放着，由你来比较。</translation>
    </message>
</context>
<context>
    <name>HyperForm</name>
    <message>
        <source>Optimizer {number}</source>
        <translation>优化器 {number}</translation>
    </message>
</context>
<context>
    <name>Importer</name>
    <message>
        <source>comma ,</source>
        <translation>逗号 ,</translation>
    </message>
    <message>
        <source>semicolon ;</source>
        <translation>分号 ;</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>bar |</source>
        <translation>竖线 |</translation>
    </message>
    <message>
        <source>blanks</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>point 1.5</source>
        <translation>点 1.5</translation>
    </message>
    <message>
        <source>comma 1,5</source>
        <translation>逗号 1,5</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>y</source>
        <translation>y</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>as</source>
        <translation>作为</translation>
    </message>
    <message>
        <source>Has mostly cells that are no numbers</source>
        <translation>其中大多数单元格不是数字</translation>
    </message>
    <message>
        <source>Data ({kinds});;All files (*)</source>
        <translation>数据 ({kinds});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>Import data: {file}</source>
        <translation>导入数据：{file}</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What each column of the file is</source>
        <translation>文件的每一列是什么</translation>
    </message>
    <message>
        <source>The first rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>The file&apos;s first rows</source>
        <translation>文件的前几行</translation>
    </message>
    <message>
        <source>How far the file is read</source>
        <translation>文件读取的进度</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Inputs x</source>
        <translation>输入 x</translation>
    </message>
    <message>
        <source>Take the selected columns as inputs</source>
        <translation>把选中的列作为输入</translation>
    </message>
    <message>
        <source>Targets y</source>
        <translation>目标 y</translation>
    </message>
    <message>
        <source>Take the selected columns as targets</source>
        <translation>把选中的列作为目标</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Do without the selected columns</source>
        <translation>不要选中的列</translation>
    </message>
    <message>
        <source>Looking into {file}…</source>
        <translation>正在查看 {file}…</translation>
    </message>
    <message>
        <source>{file}: {columns} columns, {size}. The first rows:</source>
        <translation>{file}：{columns} 列，{size}。前几行：</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>…… 以及另外 {count} 处</translation>
    </message>
</context>
<context>
    <name>InheritedFields</name>
    <message>
        <source>{value} (as above)</source>
        <translation>{value}（同上）</translation>
    </message>
</context>
<context>
    <name>InitFold</name>
    <message>
        <source>as torch&apos;s layer draws it</source>
        <translation>按 torch 的层自身的方式抽取</translation>
    </message>
    <message>
        <source>First weights: {how}</source>
        <translation>初始权重：{how}</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
</context>
<context>
    <name>InitPanel</name>
    <message>
        <source>First weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>as torch&apos;s layer draws it</source>
        <translation>按 torch 的层自身的方式抽取</translation>
    </message>
    <message>
        <source>Layer {number}, first weights</source>
        <translation>第 {number} 层，初始权重</translation>
    </message>
    <message>
        <source>A function of torch.nn.init that draws the weight from the seed, once all layers are drawn</source>
        <translation>torch.nn.init 的函数：在所有层抽取完之后，由种子重新抽取该权重</translation>
    </message>
</context>
<context>
    <name>InputsPage</name>
    <message>
        <source>Numbers of what is pointed at</source>
        <translation>所指之处的数</translation>
    </message>
    <message>
        <source>Point at the plot, or use the arrow keys, for its numbers</source>
        <translation>指向图中某处，或用方向键，查看那里的数</translation>
    </message>
</context>
<context>
    <name>KindMenu</name>
    <message>
        <source>Write my own…</source>
        <translation>编写自己的…</translation>
    </message>
</context>
<context>
    <name>Ladder</name>
    <message>
        <source>Exercises</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Enter begins an exercise</source>
        <translation>回车开始一个练习</translation>
    </message>
    <message>
        <source>{title}: {solved} of {total}</source>
        <translation>{title}：{solved} / {total}</translation>
    </message>
</context>
<context>
    <name>LayerKind</name>
    <message>
        <source>Layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>Layer {number}, kind</source>
        <translation>第 {number} 层，类型</translation>
    </message>
    <message>
        <source>What the layer makes of its inputs</source>
        <translation>该层如何处理它的输入</translation>
    </message>
</context>
<context>
    <name>LayerRow</name>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>Layer {number}, units</source>
        <translation>第 {number} 层，单元数</translation>
    </message>
    <message>
        <source>How many outputs layer {number} has: a whole number from 1</source>
        <translation>第 {number} 层有多少个输出：从 1 开始的整数</translation>
    </message>
    <message>
        <source>Layer {number}, activation</source>
        <translation>第 {number} 层，激活函数</translation>
    </message>
    <message>
        <source>The function that each output of the layer goes through</source>
        <translation>该层每个输出所经过的函数</translation>
    </message>
    <message>
        <source>Layer {number}, bias</source>
        <translation>第 {number} 层，偏置</translation>
    </message>
    <message>
        <source>Adds a learned number to each output</source>
        <translation>给每个输出加上一个可学习的数</translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
</context>
<context>
    <name>LazyViews</name>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>Save plots as pictures, tables and curves as CSV, or all of it as a report</source>
        <translation>把图保存为图片，把表格和曲线保存为 CSV，或把全部内容保存为报告</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>LearnedPanel</name>
    <message>
        <source>Why there is no such page</source>
        <translation>为何没有这一页</translation>
    </message>
    <message>
        <source>What it learned</source>
        <translation>学到了什么</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>网络图</translation>
    </message>
    <message>
        <source>The network&apos;s units and weights</source>
        <translation>网络的单元与权重</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Legend and loss values</source>
        <translation>图例与损失值</translation>
    </message>
    <message>
        <source>The loss over the rows that only test: click to hide or show</source>
        <translation>只用于测试的行上的损失：点击可隐藏或显示</translation>
    </message>
    <message>
        <source>{lane}: click to hide or show</source>
        <translation>{lane}：单击以隐藏或显示</translation>
    </message>
    <message>
        <source>Loss of {lane}</source>
        <translation>{lane} 的损失</translation>
    </message>
    <message>
        <source>Test loss of {lane}</source>
        <translation>{lane} 的测试损失</translation>
    </message>
    <message>
        <source>◇ test</source>
        <translation>◇ 测试</translation>
    </message>
</context>
<context>
    <name>LessonPlayer</name>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>演示给我看</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>The lesson’s text</source>
        <translation>课文</translation>
    </message>
    <message>
        <source>Do it for me</source>
        <translation>替我做</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>第 {place} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Right.</source>
        <translation>对了。</translation>
    </message>
    <message>
        <source>It is {answer:g}.</source>
        <translation>答案是 {answer:g}。</translation>
    </message>
</context>
<context>
    <name>LessonsPage</name>
    <message>
        <source>Open a lesson…</source>
        <translation>打开课程…</translation>
    </message>
    <message>
        <source>Write one…</source>
        <translation>编写课程…</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Step by step through an experiment in this window</source>
        <translation>在这个窗口里一步一步做一个实验</translation>
    </message>
    <message>
        <source>Enter begins a lesson, or goes on with it</source>
        <translation>回车开始一课，或者接着做</translation>
    </message>
    <message>
        <source>A lesson’s folder, your own, say</source>
        <translation>课程的文件夹，比如自己写的</translation>
    </message>
    <message>
        <source>How a lesson of your own is written</source>
        <translation>怎样编写自己的课程</translation>
    </message>
    <message>
        <source>{done} of {count} steps</source>
        <translation>已完成 {done} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>Open a lesson</source>
        <translation>打开课程</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 处</translation>
    </message>
</context>
<context>
    <name>LinkedData</name>
    <message>
        <source>How far the file is read</source>
        <translation>文件读取的进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop reading the file</source>
        <translation>停止读取文件</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Read what the file holds now</source>
        <translation>读取文件现在的内容</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Say where the file is</source>
        <translation>指出文件在哪里</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>列…</translation>
    </message>
    <message>
        <source>Choose columns and how the file is read</source>
        <translation>选择列以及文件的读取方式</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>放开</translation>
    </message>
    <message>
        <source>Type data instead; a small table is copied into the grid</source>
        <translation>改为键入数据；小的表会复制到表格中</translation>
    </message>
    <message>
        <source>is being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>is not read: {reason}</source>
        <translation>没有读取：{reason}</translation>
    </message>
    <message>
        <source>see below</source>
        <translation>见下方</translation>
    </message>
    <message>
        <source>the reading was stopped</source>
        <translation>读取已停止</translation>
    </message>
    <message>
        <source>{rows} rows, {inputs} inputs; only read here</source>
        <translation>{rows} 行，{inputs} 个输入；此处只读</translation>
    </message>
    <message>
        <source>; x standardised by the rows that train</source>
        <translation>；x 已按训练行标准化</translation>
    </message>
</context>
<context>
    <name>ListRow</name>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>LogUse</name>
    <message>
        <source>Log in DIY’s place</source>
        <translation>代替 DIY 的日志</translation>
    </message>
    <message>
        <source>Logs (*.npz *.csv *.tsv);;All files (*)</source>
        <translation>日志 (*.npz *.csv *.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Log of a program of mine</source>
        <translation>我的程序的日志</translation>
    </message>
    <message>
        <source>&amp;Another log…</source>
        <translation>另一份日志(&amp;A)…</translation>
    </message>
    <message>
        <source>The &amp;textbook’s DIY instead</source>
        <translation>改用教科书的 DIY(&amp;T)</translation>
    </message>
    <message>
        <source>In DIY’s place: the log {file}</source>
        <translation>代替 DIY：日志 {file}</translation>
    </message>
</context>
<context>
    <name>LossCanvas</name>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>Loss of every lane over the steps</source>
        <translation>各通道的损失随步数的变化</translation>
    </message>
    <message>
        <source>&amp;Logarithmic</source>
        <translation>对数坐标(&amp;L)</translation>
    </message>
    <message>
        <source>Show the loss on a logarithmic scale</source>
        <translation>以对数坐标显示损失</translation>
    </message>
    <message>
        <source>&amp;Whole run</source>
        <translation>全程(&amp;W)</translation>
    </message>
    <message>
        <source>Leave the zoom and follow the run again (Home, or a double click)</source>
        <translation>取消缩放，重新跟随运行 (Home 键或双击)</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Heatmaps</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>{title}[*] – Lockstep</source>
        <translation>{title}[*] – Lockstep</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>术语表</translation>
    </message>
</context>
<context>
    <name>MapSelectors</name>
    <message>
        <source>&amp;Optimizer</source>
        <translation>优化器(&amp;O)</translation>
    </message>
    <message>
        <source>The optimizer whose lanes are compared</source>
        <translation>要比较哪个优化器的两条通道</translation>
    </message>
    <message>
        <source>&amp;Tensor</source>
        <translation>张量(&amp;T)</translation>
    </message>
    <message>
        <source>The weight or bias, by torch&apos;s name</source>
        <translation>权重或偏置，采用 torch 的名称</translation>
    </message>
    <message>
        <source>Gradient, weight, what the newest update took from it divided by the gradient, or what the optimizer remembers of it</source>
        <translation>梯度、权重、有效步长 (最新一次更新减去的量除以梯度)，或优化器为其保存的状态</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>显示(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>差值(&amp;D)</translation>
    </message>
    <message>
        <source>absolute</source>
        <translation>绝对</translation>
    </message>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Effective step size</source>
        <translation>有效步长</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Debug</source>
        <translation>调试(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Examples</source>
        <translation>示例(&amp;E)</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>清空此列表(&amp;C)</translation>
    </message>
</context>
<context>
    <name>MessageLine</name>
    <message>
        <source>… and {count} more</source>
        <translation>……另有 {count} 处</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Engine stopped</source>
        <translation>引擎已停止</translation>
    </message>
    <message>
        <source>Loading torch, then runs</source>
        <translation>正在加载 torch，随后运行</translation>
    </message>
    <message>
        <source>Loading torch…</source>
        <translation>正在加载 torch…</translation>
    </message>
    <message>
        <source>Faulty entries</source>
        <translation>填写有误</translation>
    </message>
    <message>
        <source>Edits wait for Reset</source>
        <translation>更改待重置后生效</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Going back</source>
        <translation>回退中</translation>
    </message>
    <message>
        <source>Trying the code…</source>
        <translation>正在试运行代码…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Show in Debug</source>
        <translation>在调试视图中查看</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>The run was forked after step {step}; the old future is kept as {branch}.</source>
        <translation>运行在第 {step} 步之后分叉；原来的后续已保留为“{branch}”。</translation>
    </message>
    <message>
        <source>Not started. Please correct: {faults}</source>
        <translation>未开始运行。请更正：{faults}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Not started: the experiment was edited, and the run on screen is of the one before.</source>
        <translation>未开始运行：实验已被修改，屏幕上显示的是修改前的运行。</translation>
    </message>
    <message>
        <source>Reset and run</source>
        <translation>重置并运行</translation>
    </message>
    <message>
        <source>Reset and step</source>
        <translation>重置并走一步</translation>
    </message>
    <message>
        <source>Go on with the old one</source>
        <translation>继续旧的运行</translation>
    </message>
    <message>
        <source>The engine keeps stopping. Nothing that you typed is lost.</source>
        <translation>引擎反复停止。您输入的内容没有丢失。</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>The engine was started again.</source>
        <translation>引擎已重新启动。</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly</source>
        <translation>引擎意外停止</translation>
    </message>
    <message>
        <source>The engine did not answer any more</source>
        <translation>引擎不再响应</translation>
    </message>
    <message>
        <source>{reason} and was started again. Nothing that you typed is lost.</source>
        <translation>{reason}，现已重新启动。您输入的内容没有丢失。</translation>
    </message>
    <message>
        <source>{where}: no end, a call took more than 5 s.</source>
        <translation>{where}：没有结束，一次调用超过 5 秒。</translation>
    </message>
    <message>
        <source>{where}: it crashed Python ({detail}).</source>
        <translation>{where}：它使 Python 崩溃（{detail}）。</translation>
    </message>
    <message>
        <source>{where}: it ended the process that it ran in.</source>
        <translation>{where}：它结束了自己所在的进程。</translation>
    </message>
    <message>
        <source>Own code</source>
        <translation>自己的代码</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file}，第 {line} 行</translation>
    </message>
    <message>
        <source>The engine was started again; nothing that you typed is lost.</source>
        <translation>引擎已重新启动；您输入的内容没有丢失。</translation>
    </message>
    <message>
        <source>Show the line</source>
        <translation>显示该行</translation>
    </message>
    <message>
        <source>Return to step {step:,}</source>
        <translation>回到第 {step:,} 步</translation>
    </message>
    <message>
        <source>The engine met an error and ended the run: {reason}</source>
        <translation>引擎出错，运行已终止：{reason}</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详细信息…</translation>
    </message>
    <message>
        <source>Error in the engine</source>
        <translation>引擎出错</translation>
    </message>
    <message>
        <source>This is a mistake in Lockstep. The text below helps to find it.</source>
        <translation>这是 Lockstep 的错误。下面的文字有助于找到原因。</translation>
    </message>
    <message>
        <source>The text below tells where it was raised.</source>
        <translation>下面的文字说明错误是在哪里引发的。</translation>
    </message>
    <message>
        <source>Reading {file}… What is in the window can be used meanwhile.</source>
        <translation>正在读取 {file}… 在此期间窗口中的内容可以照常使用。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{file}: {faults}</source>
        <translation>{file}：{faults}</translation>
    </message>
    <message>
        <source>{file} was changed just now. What is trained on is what was read of it before.</source>
        <translation>{file} 刚刚被更改。训练用的仍是之前读取的内容。</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>{file} has changed since the experiment was made. It trains on what the file holds now.</source>
        <translation>{file} 在实验建立之后已更改。训练用的是文件现在的内容。</translation>
    </message>
    <message>
        <source>Keep it so</source>
        <translation>就用现在的</translation>
    </message>
    <message>
        <source>{file} is saved as typed, but it cannot be opened before this is corrected: {faults}</source>
        <translation>{file} 已按所填内容保存，但在更正以下内容之前无法打开：{faults}</translation>
    </message>
    <message>
        <source>{file} is back as it was left, and Save writes to it. Its run begins anew.</source>
        <translation>{file} 已恢复到离开时的样子，“保存”会写入该文件。它的运行从头开始。</translation>
    </message>
    <message>
        <source>The experiment is back as it was left; it belongs to no file. Its run begins anew.</source>
        <translation>实验已恢复到离开时的样子；它不属于任何文件。它的运行从头开始。</translation>
    </message>
    <message>
        <source>In the Debug view</source>
        <translation>在调试视图中</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>&lt;b&gt;Lockstep&lt;/b&gt;&lt;p&gt;Trains one network twice, by hand-written NumPy and by PyTorch, and compares every number on the way.&lt;/p&gt;&lt;p&gt;torch {torch}, Qt {qt}&lt;/p&gt;</source>
        <translation>&lt;b&gt;Lockstep&lt;/b&gt;&lt;p&gt;把同一个网络训练两遍：一遍用手写的 NumPy，一遍用 PyTorch，并逐一比较途中的每个数。&lt;/p&gt;&lt;p&gt;torch {torch}，Qt {qt}&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About Lockstep</source>
        <translation>关于 Lockstep</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{named}; and {more} more</source>
        <translation>{named}；另有 {more} 处</translation>
    </message>
</context>
<context>
    <name>NameEdit</name>
    <message>
        <source>{name}
Double click or F2 to rename</source>
        <translation>{name}
双击或按 F2 重命名</translation>
    </message>
</context>
<context>
    <name>NetworkCanvas</name>
    <message>
        <source>Picture of the network</source>
        <translation>网络图</translation>
    </message>
</context>
<context>
    <name>NetworkForm</name>
    <message>
        <source>Add layer</source>
        <translation>添加层</translation>
    </message>
    <message>
        <source>Add another kind of layer</source>
        <translation>添加其他种类的层</translation>
    </message>
    <message>
        <source>Add a hidden layer, before the last one</source>
        <translation>在最后一层之前添加一个隐藏层</translation>
    </message>
    <message>
        <source>Shape of the network</source>
        <translation>网络的形状</translation>
    </message>
    <message>
        <source>Inputs → units per layer</source>
        <translation>输入数 → 各层单元数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>What training makes small</source>
        <translation>训练要使之变小的量</translation>
    </message>
</context>
<context>
    <name>NetworkSelectors</name>
    <message>
        <source>&amp;Optimizer</source>
        <translation>优化器(&amp;O)</translation>
    </message>
    <message>
        <source>Whose network is shown</source>
        <translation>显示哪个优化器的网络</translation>
    </message>
    <message>
        <source>One of both lanes, or how far they differ</source>
        <translation>两条通道之一，或两者之差</translation>
    </message>
    <message>
        <source>&amp;Lane</source>
        <translation>通道(&amp;L)</translation>
    </message>
    <message>
        <source>What the lines are: the weights, or the newest step&apos;s gradients of them</source>
        <translation>线条表示什么：权重，或最近一步中权重的梯度</translation>
    </message>
    <message>
        <source>L&amp;ines</source>
        <translation>线条(&amp;I)</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>The row of the data that goes through the network, from 0; test rows too</source>
        <translation>经过网络的数据行，从 0 起编号；测试行也可以</translation>
    </message>
    <message>
        <source>Ro&amp;w</source>
        <translation>行(&amp;W)</translation>
    </message>
    <message>
        <source>What is told of each unit: its sum z and output a, or on the way back the loss&apos;s gradient for both</source>
        <translation>每个单元显示什么：其加权和 z 与输出 a，或反向途中损失对二者的梯度</translation>
    </message>
    <message>
        <source>&amp;Units</source>
        <translation>单元(&amp;U)</translation>
    </message>
    <message>
        <source>forwards</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>backwards</source>
        <translation>反向</translation>
    </message>
</context>
<context>
    <name>NetworkView</name>
    <message>
        <source>About the picture</source>
        <translation>关于网络图</translation>
    </message>
    <message>
        <source>Numbers of what is pointed at</source>
        <translation>所指之处的数</translation>
    </message>
    <message>
        <source>Point at a unit or a line, or use the arrow keys; Page Down goes through a unit&apos;s weights</source>
        <translation>指向单元或线条，或用方向键；Page Down 逐个查看单元的权重</translation>
    </message>
    <message>
        <source>Blue is below 0, orange above; a line is as wide as its number is large</source>
        <translation>蓝色小于 0，橙色大于 0；数越大，线越宽</translation>
    </message>
    <message>
        <source>A test function has no network: it is trained at a point of two numbers. There is nothing to draw, and nothing to predict.</source>
        <translation>测试函数没有网络：训练的是由两个数组成的点。这里没有可画的，也没有可预测的。</translation>
    </message>
    <message>
        <source>There is no experiment to draw yet.</source>
        <translation>还没有可画的实验。</translation>
    </message>
    <message>
        <source>widest line {value}</source>
        <translation>最宽的线 {value}</translation>
    </message>
</context>
<context>
    <name>OneSchedule</name>
    <message>
        <source>needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>然后</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>Lasts (steps)</source>
        <translation>持续（步）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>How the learning rate changes with every step</source>
        <translation>学习率如何逐步变化</translation>
    </message>
    <message>
        <source>After how many steps the next schedule begins: a whole number from 1</source>
        <translation>多少步之后开始下一个调度：从 1 起的整数</translation>
    </message>
</context>
<context>
    <name>OptimizerChoice</name>
    <message>
        <source>It needs sparse gradients, and dense layers have none.</source>
        <translation>它需要稀疏梯度，而全连接层没有稀疏梯度。</translation>
    </message>
    <message>
        <source>{name} – needs sparse gradients: not offered</source>
        <translation>{name}——需要稀疏梯度：不提供</translation>
    </message>
    <message>
        <source>none of torch’s</source>
        <translation>torch 中没有</translation>
    </message>
</context>
<context>
    <name>OptimizerEntry</name>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Runs as</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Optimizer {number}</source>
        <translation>优化器 {number}</translation>
    </message>
    <message>
        <source>Optimizer {number}, runs as</source>
        <translation>优化器 {number}，运行方式</translation>
    </message>
    <message>
        <source>Which rule turns gradients into steps</source>
        <translation>按什么规则把梯度变成更新</translation>
    </message>
    <message>
        <source>A name for its curves, where the optimizer&apos;s own is not enough</source>
        <translation>曲线的名称；优化器自身的名称不足以区分时使用</translation>
    </message>
    <message>
        <source>Optimizer {number}, label</source>
        <translation>优化器 {number}，标签</translation>
    </message>
    <message>
        <source>Train it in plain NumPy</source>
        <translation>用纯 NumPy 训练</translation>
    </message>
    <message>
        <source>Train it with PyTorch</source>
        <translation>用 PyTorch 训练</translation>
    </message>
    <message>
        <source>&amp;Log of a program of mine…</source>
        <translation>我的程序的日志(&amp;L)…</translation>
    </message>
    <message>
        <source>Show its fields</source>
        <translation>展开各字段</translation>
    </message>
    <message>
        <source>Fold its fields away</source>
        <translation>收起各字段</translation>
    </message>
    <message>
        <source>torch&apos;s defaults</source>
        <translation>torch 的默认值</translation>
    </message>
</context>
<context>
    <name>OptimizersForm</name>
    <message>
        <source>Add optimizer</source>
        <translation>添加优化器</translation>
    </message>
    <message>
        <source>Another optimizer that trains from the same start on the same batches</source>
        <translation>再添加一个优化器，从同一起点、用同样的批次训练</translation>
    </message>
</context>
<context>
    <name>OwnCoding</name>
    <message>
        <source>This experiment has code in it ({files}). It would run on this computer with all that you may do. Read it, and say whether it may.</source>
        <translation>此实验含有代码（{files}）。它会以您的全部权限在这台计算机上运行。请先阅读，再决定是否允许。</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>仅显示</translation>
    </message>
    <message>
        <source>Code of this experiment is shown and not run.</source>
        <translation>此实验的代码只显示，不运行。</translation>
    </message>
    <message>
        <source>{file} is gone, or has another name.</source>
        <translation>{file} 已不存在，或已改名。</translation>
    </message>
    <message>
        <source>{file} is no text.</source>
        <translation>{file} 不是文本。</translation>
    </message>
    <message>
        <source>{file} is too long.</source>
        <translation>{file} 太长。</translation>
    </message>
    <message>
        <source>{file} is no notebook yet.</source>
        <translation>{file} 还不是笔记本。</translation>
    </message>
    <message>
        <source>{file} is no Python yet: {detail}, line {line}.</source>
        <translation>{file} 还不是 Python：{detail}，第 {line} 行。</translation>
    </message>
    <message>
        <source>What it held last goes on.</source>
        <translation>继续使用它上次的内容。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>{label}, step {failed:,}: {words}. The run stands after step {step:,}; nothing is lost.</source>
        <translation>{label}，第 {failed:,} 步：{words}。运行停在第 {step:,} 步之后；没有丢失任何内容。</translation>
    </message>
    <message>
        <source>{words}, line {line}</source>
        <translation>{words}，第 {line} 行</translation>
    </message>
    <message>
        <source>Show the line</source>
        <translation>显示该行</translation>
    </message>
</context>
<context>
    <name>OwnSource</name>
    <message>
        <source>(followed)</source>
        <translation>（跟随）</translation>
    </message>
    <message>
        <source>Written in your own editor, and followed here</source>
        <translation>在您自己的编辑器中编写，在此跟随</translation>
    </message>
    <message>
        <source>not run: not agreed to yet</source>
        <translation>未运行：尚未同意</translation>
    </message>
    <message>
        <source>{name} {own}, torch {reference}</source>
        <translation>{name} {own}，torch {reference}</translation>
    </message>
    <message>
        <source>{name} {own}, as torch</source>
        <translation>{name} {own}，与 torch 相同</translation>
    </message>
    <message>
        <source>{own}, torch {reference}</source>
        <translation>{own}，torch {reference}</translation>
    </message>
    <message>
        <source>(the textbook’s)</source>
        <translation>（教科书的）</translation>
    </message>
    <message>
        <source>the textbook’s</source>
        <translation>教科书的</translation>
    </message>
</context>
<context>
    <name>PairsPage</name>
    <message>
        <source>Pairs</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>It is meant</source>
        <translation>是一对</translation>
    </message>
    <message>
        <source>Not a pair</source>
        <translation>不是一对</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>你的</translation>
    </message>
    <message>
        <source>torch&apos;s</source>
        <translation>torch 的</translation>
    </message>
    <message>
        <source>About the pair</source>
        <translation>这一对的详情</translation>
    </message>
    <message>
        <source>How the pair was found</source>
        <translation>这一对是怎样找到的</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Your value</source>
        <translation>你的值</translation>
    </message>
    <message>
        <source>A name of yours: dW, grads[&apos;W1&apos;]</source>
        <translation>你的名称：dW、grads[&apos;W1&apos;]</translation>
    </message>
    <message>
        <source>torch&apos;s value</source>
        <translation>torch 的值</translation>
    </message>
    <message>
        <source>A name of torch&apos;s: W.grad, logits</source>
        <translation>torch 的名称：W.grad、logits</translation>
    </message>
    <message>
        <source>yours: dW</source>
        <translation>你的：dW</translation>
    </message>
    <message>
        <source>torch&apos;s: W.grad</source>
        <translation>torch 的：W.grad</translation>
    </message>
    <message>
        <source>Pair the two, and run it again</source>
        <translation>把两者配成一对，并重新运行</translation>
    </message>
</context>
<context>
    <name>ParityStrip</name>
    <message>
        <source>Parity of both lanes of each pair</source>
        <translation>每一对中两条通道的一致性</translation>
    </message>
    <message>
        <source>Show in Debug</source>
        <translation>在调试视图中查看</translation>
    </message>
    <message>
        <source>To the line where this began (Enter)</source>
        <translation>转到由此开始的那一行（Enter）</translation>
    </message>
</context>
<context>
    <name>PathsPart</name>
    <message>
        <source>∂L/∂{number} of layer {layer}, whose paths add up</source>
        <translation>第 {layer} 层的 ∂L/∂{number}：各条路径相加</translation>
    </message>
</context>
<context>
    <name>PredictionsPage</name>
    <message>
        <source>A row of the data each; the one chosen here goes through the picture of the network</source>
        <translation>每行对应数据中的一行；在此选中的那一行会经过网络图</translation>
    </message>
    <message>
        <source>Predictions beside targets</source>
        <translation>预测值与目标值对照</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>From {low:,} to {high:,} MB</source>
        <translation>从 {low:,} 到 {high:,} MB</translation>
    </message>
    <message>
        <source>Memory for going back, in megabytes</source>
        <translation>用于回退的内存，以兆字节计</translation>
    </message>
    <message>
        <source>What a run may take of the memory to remember its steps. Whatever it is, you can go back to every step; with more, a step that is far back is there sooner.</source>
        <translation>一次运行最多可用多少内存来记住走过的步。无论多少，都能回到每一步；内存越多，回到很久以前的一步就越快。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>The language of all that the window says</source>
        <translation>窗口中所有文字的语言</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The window&apos;s colours</source>
        <translation>窗口的颜色</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>The size of all text; Ctrl and + or − make text and plots larger and smaller for a while</source>
        <translation>所有文字的大小；Ctrl 加 + 或 − 可以临时放大或缩小文字和图</translation>
    </message>
    <message>
        <source>Text size, in points</source>
        <translation>文字大小（磅）</translation>
    </message>
    <message>
        <source>How fast runs go, until the slider in the toolbar says otherwise</source>
        <translation>运行的快慢，直到工具栏中的滑块另有设定</translation>
    </message>
    <message>
        <source>Speed of runs</source>
        <translation>运行速度</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Memory for going back</source>
        <translation>用于回退的内存</translation>
    </message>
</context>
<context>
    <name>ProblemForm</name>
    <message>
        <source>What the optimizers go down: a function of two numbers, x and y</source>
        <translation>优化器要使之变小的函数：两个数 x 和 y 的函数</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Start, {coordinate}</source>
        <translation>起点，{coordinate}</translation>
    </message>
    <message>
        <source>Where every lane begins: the {coordinate} of the point</source>
        <translation>每条通道从何处开始：点的 {coordinate} 坐标</translation>
    </message>
    <message>
        <source>κ: how many times as curved the bowl is along y as along x. From 1 to 1e12; 1 is round.</source>
        <translation>κ：碗形曲面沿 y 的曲率是沿 x 的多少倍。从 1 到 1e12；取 1 时是圆的。</translation>
    </message>
    <message>
        <source>Condition number</source>
        <translation>条件数</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>Your answer</source>
        <translation>你的答案</translation>
    </message>
    <message>
        <source>A number: 0.5, 0,5, 1/2, -3e-2</source>
        <translation>一个数：0.5、0,5、1/2、-3e-2</translation>
    </message>
    <message>
        <source>Your prediction</source>
        <translation>你的预测</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>告诉我</translation>
    </message>
    <message>
        <source>That is no number; write it as 0.5, 1/2 or -3e-2.</source>
        <translation>这不是数；请写成 0.5、1/2 或 -3e-2。</translation>
    </message>
    <message>
        <source>Not yet.</source>
        <translation>还不对。</translation>
    </message>
</context>
<context>
    <name>RaceControls</name>
    <message>
        <source>Lo&amp;garithmic</source>
        <translation>对数坐标(&amp;G)</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Show the loss on a logarithmic scale</source>
        <translation>以对数坐标显示损失</translation>
    </message>
    <message>
        <source>Whole ra&amp;ce</source>
        <translation>全程(&amp;C)</translation>
    </message>
    <message>
        <source>Leave the zoom and follow the race again (Home, or a double click)</source>
        <translation>取消缩放，重新跟随竞速 (Home 键或双击)</translation>
    </message>
    <message>
        <source>Whole race</source>
        <translation>全程</translation>
    </message>
    <message>
        <source>Loss over</source>
        <translation>损失的横轴</translation>
    </message>
    <message>
        <source>Loss &amp;over</source>
        <translation>横轴(&amp;O)</translation>
    </message>
    <message>
        <source>Draw the running mean of the losses, and the losses themselves faintly behind it.
The number is the share of the mean that each step keeps.</source>
        <translation>画出损失的滑动平均，损失本身则以浅色画在后面。
数字是每一步保留滑动平均的比例。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>S&amp;moothing</source>
        <translation>平滑(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>目标(&amp;T)</translation>
    </message>
    <message>
        <source>A loss over all rows to reach: the table tells when each lane first has it. Type it, or drag the line.</source>
        <translation>要达到的全部行上的损失：表格会说明各通道何时首次达到。输入数值，或拖动线条。</translation>
    </message>
    <message>
        <source>Target loss</source>
        <translation>目标损失</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>training rows</source>
        <translation>训练行</translation>
    </message>
    <message>
        <source>test rows</source>
        <translation>测试行</translation>
    </message>
    <message>
        <source>Over which rows the loss aimed at is</source>
        <translation>目标损失按哪些行计算</translation>
    </message>
    <message>
        <source>Rows of the target loss</source>
        <translation>目标损失所用的行</translation>
    </message>
    <message>
        <source>Which lanes of a pair are shown. torch is drawn dashed, on top of the other, broad and pale: where they agree, both are seen.</source>
        <translation>显示一对中的哪些通道。torch 画成虚线，叠在另一条宽而淡的线上：两者一致处，两条都看得见。</translation>
    </message>
    <message>
        <source>Lanes shown</source>
        <translation>所显示的通道</translation>
    </message>
    <message>
        <source>La&amp;nes</source>
        <translation>通道(&amp;N)</translation>
    </message>
    <message>
        <source>◇ Test ro&amp;ws</source>
        <translation>◇ 测试行(&amp;W)</translation>
    </message>
    <message>
        <source>Draw the loss over the rows that only test: diamonds</source>
        <translation>画出只用于测试的行上的损失：菱形</translation>
    </message>
    <message>
        <source>Loss over the test rows</source>
        <translation>测试行上的损失</translation>
    </message>
    <message>
        <source>Old &amp;futures</source>
        <translation>旧的未来(&amp;F)</translation>
    </message>
    <message>
        <source>Draw, faded, what the run had before it was changed in its past. They are known over steps alone.</source>
        <translation>以淡色画出运行在其过去被更改之前的未来。它们只有按步数的记录。</translation>
    </message>
    <message>
        <source>Old futures</source>
        <translation>旧的未来</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>RaceLegend</name>
    <message>
        <source>Tick to show. Alt+click or Enter shows an entry alone, Alt+↑ ↓ or dragging moves it, Space hides it.</source>
        <translation>勾选以显示。按住 Alt 单击或按 Enter 只显示该条目，Alt+↑ ↓ 或拖动可移动它，空格键可隐藏它。</translation>
    </message>
    <message>
        <source>Entries of the race</source>
        <translation>竞速的条目</translation>
    </message>
    <message>
        <source>&amp;Only this</source>
        <translation>只显示此项(&amp;O)</translation>
    </message>
    <message>
        <source>Show this entry alone (Alt+click, Enter)</source>
        <translation>只显示此条目 (按住 Alt 单击，Enter)</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Move up (Alt+↑)</source>
        <translation>上移 (Alt+↑)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>下移(&amp;D)</translation>
    </message>
    <message>
        <source>Move down (Alt+↓)</source>
        <translation>下移 (Alt+↓)</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>全部显示(&amp;A)</translation>
    </message>
    <message>
        <source>Show every entry again</source>
        <translation>重新显示所有条目</translation>
    </message>
</context>
<context>
    <name>RaceModel</name>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Drift since step</source>
        <translation>漂移起始步</translation>
    </message>
    <message>
        <source>Sorted by this, rows stand as in the legend</source>
        <translation>按此排序时，各行的顺序与图例相同</translation>
    </message>
    <message>
        <source>Click to sort by it.</source>
        <translation>单击以按此排序。</translation>
    </message>
    <message>
        <source>Lane, at step {step}</source>
        <translation>通道，第 {step} 步</translation>
    </message>
</context>
<context>
    <name>RacePlot</name>
    <message>
        <source>Loss of every lane of the race</source>
        <translation>竞速中各通道的损失</translation>
    </message>
</context>
<context>
    <name>RaceTable</name>
    <message>
        <source>Click a column&apos;s title to sort by it, or press the menu key in the column. Ctrl+C copies the table for a spreadsheet.</source>
        <translation>单击列标题即可按该列排序，也可在该列中按菜单键。按 Ctrl+C 复制表格，可粘贴到电子表格。</translation>
    </message>
    <message>
        <source>Standing of every lane</source>
        <translation>各通道的成绩</translation>
    </message>
    <message>
        <source>&amp;Copy table</source>
        <translation>复制表格(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Sort by “{column}”</source>
        <translation>按“{column}”排序(&amp;S)</translation>
    </message>
</context>
<context>
    <name>RateCurve</name>
    <message>
        <source>Steps 1 to {last}: from {first} to {end}, at the most {high}</source>
        <translation>第 1 步到第 {last} 步：从 {first} 到 {end}，最高 {high}</translation>
    </message>
    <message>
        <source>Step {step}: {rate}</source>
        <translation>第 {step} 步：{rate}</translation>
    </message>
    <message>
        <source>step {number}</source>
        <translation>第 {number} 步</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
</context>
<context>
    <name>RatePlot</name>
    <message>
        <source>Learning rate of every optimizer with a schedule</source>
        <translation>每个使用学习率调度的优化器的学习率</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Show the rates on a logarithmic scale</source>
        <translation>以对数坐标显示学习率</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>全程</translation>
    </message>
    <message>
        <source>Leave the zoom and follow the run again (Home, or a double click)</source>
        <translation>取消缩放，重新跟随运行 (Home 键或双击)</translation>
    </message>
    <message>
        <source>No optimizer has a schedule, so their learning rates stay as they are. One is chosen in the form, under an optimizer&apos;s “Schedule and clipping”.</source>
        <translation>没有优化器使用学习率调度，因此学习率保持不变。可在表单中某个优化器的“调度与裁剪”里选择。</translation>
    </message>
    <message>
        <source>The learning rates are drawn from the first step on.</source>
        <translation>学习率从第一步起画出。</translation>
    </message>
    <message>
        <source>All optimizers with a schedule are hidden.</source>
        <translation>使用学习率调度的优化器都已隐藏。</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>{entry} (of weights in no group)</source>
        <translation>{entry}（不属于任何组的权重）</translation>
    </message>
    <message>
        <source>{entry} (of {match})</source>
        <translation>{entry}（{match} 的）</translation>
    </message>
</context>
<context>
    <name>ResidualPart</name>
    <message>
        <source>Residual: x + f(x)</source>
        <translation>残差：x + f(x)</translation>
    </message>
    <message>
        <source>Adds its input to what the layers below, which are inside it, make of that</source>
        <translation>把输入与下面各层（在其内部）由它得到的结果相加</translation>
    </message>
    <message>
        <source>Add layer inside</source>
        <translation>在内部添加层</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>Add a layer inside the residual, behind the others: it must make as many numbers as go in</source>
        <translation>在残差内部的最后添加一层：它得到的数必须与输入的一样多</translation>
    </message>
    <message>
        <source>Add another kind of layer</source>
        <translation>添加其他类型的层</translation>
    </message>
</context>
<context>
    <name>RowShape</name>
    <message>
        <source>What a row of x stands for, its numbers one after another: 3, 8 is three times eight. Empty: a plain list.</source>
        <translation>x 的一行表示什么，其中的数依次排列：3, 8 即三乘八。留空：一个普通列表。</translation>
    </message>
    <message>
        <source>Shape of a row of x</source>
        <translation>x 的一行的形状</translation>
    </message>
    <message>
        <source>Shape of a row</source>
        <translation>行的形状</translation>
    </message>
</context>
<context>
    <name>ScheduleFold</name>
    <message>
        <source>clipped</source>
        <translation>有裁剪</translation>
    </message>
    <message>
        <source>Schedule and clipping</source>
        <translation>调度与裁剪</translation>
    </message>
    <message>
        <source>Optimizer {number}</source>
        <translation>优化器 {number}</translation>
    </message>
    <message>
        <source>How the learning rate changes over the steps, and whether large gradients are made smaller</source>
        <translation>学习率随步数如何变化，以及是否缩小过大的梯度</translation>
    </message>
</context>
<context>
    <name>SchedulePanel</name>
    <message>
        <source>Clip</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Then another schedule</source>
        <translation>之后再接一个调度</translation>
    </message>
    <message>
        <source>Optimizer {number}</source>
        <translation>优化器 {number}</translation>
    </message>
    <message>
        <source>Optimizer {number}, schedule</source>
        <translation>优化器 {number}，调度</translation>
    </message>
    <message>
        <source>Optimizer {number}, schedule {place}</source>
        <translation>优化器 {number}，调度 {place}</translation>
    </message>
    <message>
        <source>Where one schedule ends the next begins, from the learning rate as it is typed</source>
        <translation>一个调度结束处，下一个调度从所填的学习率重新开始</translation>
    </message>
</context>
<context>
    <name>SchedulePicture</name>
    <message>
        <source>Optimizer {number}, learning rate by step</source>
        <translation>优化器 {number}，各步的学习率</translation>
    </message>
    <message>
        <source>Its curve is drawn once what is marked is right.</source>
        <translation>标出的错误更正之后，就会画出它的曲线。</translation>
    </message>
    <message>
        <source>The rate falls when the loss has not become better for a while: nobody can tell beforehand.</source>
        <translation>损失一段时间没有改善时，学习率便下降：事先无法知道在何时。</translation>
    </message>
    <message>
        <source>The optimizer&apos;s own learning rate plays no part.</source>
        <translation>优化器自身的学习率不起作用。</translation>
    </message>
    <message>
        <source>The optimizer&apos;s own learning rate plays no part. After the last of its steps the rate stays, where torch&apos;s own object would break off.</source>
        <translation>优化器自身的学习率不起作用。最后一步之后学习率保持不变，而 torch 自己的对象会在此报错中止。</translation>
    </message>
    <message>
        <source>As in torch, OneCycleLR puts its own first rate in the place of the optimizer&apos;s, also for what comes first and after it.</source>
        <translation>与 torch 一致：OneCycleLR 用它自己的起始学习率取代优化器的学习率，对最前面的和它之后的调度也是如此。</translation>
    </message>
    <message>
        <source>As in torch, CyclicLR puts its lowest rate in the place of the optimizer&apos;s for all others.</source>
        <translation>与 torch 一致：CyclicLR 用它的最低学习率取代优化器的学习率，对其他所有调度也是如此。</translation>
    </message>
</context>
<context>
    <name>ScreenPlots</name>
    <message>
        <source>Heat&amp;maps…</source>
        <translation>热图(&amp;M)…</translation>
    </message>
    <message>
        <source>Picture of the networ&amp;k…</source>
        <translation>网络图(&amp;K)…</translation>
    </message>
    <message>
        <source>What it l&amp;earned…</source>
        <translation>学到的内容(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Formulas of the line…</source>
        <translation>该行的公式(&amp;F)…</translation>
    </message>
    <message>
        <source>Maps of the &amp;value…</source>
        <translation>该值的图(&amp;V)…</translation>
    </message>
    <message>
        <source>The s&amp;tep as it stands…</source>
        <translation>当前的一步(&amp;T)…</translation>
    </message>
    <message>
        <source>Sche&amp;dule of the form…</source>
        <translation>表单中的调度曲线(&amp;D)…</translation>
    </message>
    <message>
        <source>As it is on screen: while it is to be seen</source>
        <translation>与屏幕上一致：须显示在屏幕上</translation>
    </message>
    <message>
        <source>&amp;Save picture…</source>
        <translation>保存图片(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>ScriptActions</name>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>Step &amp;over</source>
        <translation>单步跳过(&amp;O)</translation>
    </message>
    <message>
        <source>Step &amp;into</source>
        <translation>单步进入(&amp;I)</translation>
    </message>
    <message>
        <source>Step ou&amp;t</source>
        <translation>单步跳出(&amp;T)</translation>
    </message>
    <message>
        <source>Next &amp;departure</source>
        <translation>下一处偏离(&amp;D)</translation>
    </message>
    <message>
        <source>Continue bac&amp;kwards</source>
        <translation>反向继续(&amp;K)</translation>
    </message>
    <message>
        <source>Step over backwards</source>
        <translation>反向单步跳过</translation>
    </message>
    <message>
        <source>Step into backwards</source>
        <translation>反向单步进入</translation>
    </message>
    <message>
        <source>Step out backwards</source>
        <translation>反向单步跳出</translation>
    </message>
    <message>
        <source>Previous departure</source>
        <translation>上一处偏离</translation>
    </message>
    <message>
        <source>&amp;Run it</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Close, back to the experiment</source>
        <translation>关闭，回到实验</translation>
    </message>
</context>
<context>
    <name>ScriptBar</name>
    <message>
        <source>Where the run is looked at</source>
        <translation>正在查看运行的哪一处</translation>
    </message>
</context>
<context>
    <name>ScriptExport</name>
    <message>
        <source>The script was lost with the engine.</source>
        <translation>脚本随引擎一起丢失了。</translation>
    </message>
    <message>
        <source>&amp;NumPy script…</source>
        <translation>&amp;NumPy 脚本…</translation>
    </message>
    <message>
        <source>&amp;PyTorch script…</source>
        <translation>&amp;PyTorch 脚本…</translation>
    </message>
    <message>
        <source>Note&amp;book of both…</source>
        <translation>两者的笔记本(&amp;B)…</translation>
    </message>
    <message>
        <source>Trains as this run has until now, and prints the same losses, without Lockstep</source>
        <translation>按本次运行至今的方式训练，不用 Lockstep 也打印出同样的损失</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>笔记本</translation>
    </message>
    <message>
        <source>Python script</source>
        <translation>Python 脚本</translation>
    </message>
    <message>
        <source>The script could not be written: {reason}</source>
        <translation>脚本未能写出：{reason}</translation>
    </message>
</context>
<context>
    <name>ScriptLook</name>
    <message>
        <source>Reading {file}…</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <source>{file} has changed since it ran.</source>
        <translation>{file} 在运行之后有改动。</translation>
    </message>
    <message>
        <source>&amp;Run again</source>
        <translation>重新运行(&amp;R)</translation>
    </message>
    <message>
        <source>What {file} is beside torch’s is {untold}.</source>
        <translation>{file} 和 torch 的相比如何：{untold}。</translation>
    </message>
    <message>
        <source>It could not be judged: {detail}</source>
        <translation>无法判定：{detail}</translation>
    </message>
    <message>
        <source>The engine has stopped, and with it the run of this file.</source>
        <translation>引擎已停止，这个文件的运行也随之停止。</translation>
    </message>
</context>
<context>
    <name>ScriptView</name>
    <message>
        <source>What became of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Run or stop</source>
        <translation>运行或停止</translation>
    </message>
    <message>
        <source>About the script</source>
        <translation>关于脚本</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>&amp;Run it</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>&amp;Run again</source>
        <translation>重新运行(&amp;R)</translation>
    </message>
    <message>
        <source>{done} of {last} lines run</source>
        <translation>已运行 {done} 行，共 {last} 行</translation>
    </message>
    <message>
        <source>This line stands for {count:,} that are left out</source>
        <translation>这一行代表略去的 {count:,} 行</translation>
    </message>
    <message>
        <source>Of a value so large, or of more than two axes, only the first numbers are kept.</source>
        <translation>这么大的值，或轴多于两个的值，只保留最前面的几个数。</translation>
    </message>
    <message>
        <source>This has not run: {place}</source>
        <translation>没有运行过：{place}</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>to correct here: {count}</source>
        <translation>此处有 {count} 项待更正</translation>
    </message>
</context>
<context>
    <name>SessionWriting</name>
    <message>
        <source>the engine stopped before the run was written</source>
        <translation>引擎在写完运行之前停止了</translation>
    </message>
    <message>
        <source>there is no run</source>
        <translation>没有运行</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>Code of an earlier step</source>
        <translation>较早步骤的代码</translation>
    </message>
    <message>
        <source>The run in this session also has code that its experiment has no more.</source>
        <translation>此会话中的运行还含有其实验中已不存在的代码。</translation>
    </message>
    <message>
        <source>It would run on this computer with all that you may do. Read it under Details.</source>
        <translation>它会以您的全部权限在这台电脑上运行。请在“详细信息”中阅读。</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行它</translation>
    </message>
    <message>
        <source>Leave the run out</source>
        <translation>不载入该运行</translation>
    </message>
    <message>
        <source>What own code remembers is not kept in a file: {steps} steps are taken again until the run stands where it stood, which takes about {seconds} s.</source>
        <translation>自定义代码所记住的内容不会存入文件：将重新执行 {steps} 步，直到运行回到原处，大约需要 {seconds} 秒。</translation>
    </message>
    <message>
        <source>there is no room for the run</source>
        <translation>没有地方存放该运行</translation>
    </message>
    <message>
        <source>Saving {file}…</source>
        <translation>正在保存 {file}…</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Return to step {step:,}</source>
        <translation>回到第 {step:,} 步</translation>
    </message>
    <message>
        <source>A window ended without being closed. Its run is kept.</source>
        <translation>有一个窗口未经关闭就结束了。它的运行已保留。</translation>
    </message>
    <message>
        <source>The run cannot be read any more.</source>
        <translation>该运行已无法读取。</translation>
    </message>
</context>
<context>
    <name>SourceView</name>
    <message>
        <source>Source</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>Code of {file}, which can be written</source>
        <translation>{file} 的代码，可编辑</translation>
    </message>
    <message>
        <source>Line {line} never runs, nor does any below it.</source>
        <translation>第 {line} 行从不运行，其下各行也是如此。</translation>
    </message>
    <message>
        <source>Line {line} never runs: the breakpoint is at line {stops}.</source>
        <translation>第 {line} 行从不运行：断点位于第 {stops} 行。</translation>
    </message>
    <message>
        <source>Go to this line</source>
        <translation>转到此行</translation>
    </message>
    <message>
        <source>Toggle breakpoint</source>
        <translation>切换断点</translation>
    </message>
    <message>
        <source>Source of {file}</source>
        <translation>{file} 的源代码</translation>
    </message>
</context>
<context>
    <name>SplitForm</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>a share, drawn</source>
        <translation>按比例抽取</translation>
    </message>
    <message>
        <source>rows chosen</source>
        <translation>选定的行</translation>
    </message>
    <message>
        <source>Rows that train nothing: their loss tells whether what was learned holds for other data</source>
        <translation>不参与训练的行：它们的损失说明所学的对别的数据是否也成立</translation>
    </message>
    <message>
        <source>Test rows</source>
        <translation>测试行</translation>
    </message>
    <message>
        <source>{tested} of {count}</source>
        <translation>{count} 行中的 {tested} 行</translation>
    </message>
    <message>
        <source>Which share of the rows tests: above 0, below 1. At least one row is left on each side.</source>
        <translation>用于测试的行所占的比例：大于 0，小于 1。两边至少各留一行。</translation>
    </message>
    <message>
        <source>Share of test rows</source>
        <translation>测试行的比例</translation>
    </message>
    <message>
        <source>Which rows are drawn: a whole number from 0 to {last}</source>
        <translation>抽出哪些行：0 到 {last} 的整数</translation>
    </message>
    <message>
        <source>Seed of the test rows</source>
        <translation>测试行的种子</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Take selected</source>
        <translation>取选中的行</translation>
    </message>
    <message>
        <source>Rows that test</source>
        <translation>用于测试的行</translation>
    </message>
    <message>
        <source>Make the rows that are selected in the grid the ones that test</source>
        <translation>把表格中选中的行定为测试行</translation>
    </message>
    <message>
        <source>Take the selected rows</source>
        <translation>取选中的行</translation>
    </message>
</context>
<context>
    <name>StackView</name>
    <message>
        <source>Call stack</source>
        <translation>调用堆栈</translation>
    </message>
    <message>
        <source>The calls outside of these</source>
        <translation>更外层的调用</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file}，第 {line} 行</translation>
    </message>
</context>
<context>
    <name>StaleVeil</name>
    <message>
        <source>From before your edit</source>
        <translation>修改前的结果</translation>
    </message>
</context>
<context>
    <name>StartForm</name>
    <message>
        <source>New seed</source>
        <translation>新种子</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>来自文件…</translation>
    </message>
    <message>
        <source>Which first weights are drawn, as torch draws them: a whole number from 0 to {last}</source>
        <translation>决定初始权重的抽取，与 torch 的抽法相同：0 到 {last} 的整数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Start from other weights</source>
        <translation>换一组初始权重</translation>
    </message>
    <message>
        <source>Start from weights in an .npz, a .safetensors or a state_dict of torch’s; it may be dropped here</source>
        <translation>从 .npz、.safetensors 或 torch 的 state_dict 中的权重开始；也可以把文件拖放到这里</translation>
    </message>
    <message>
        <source>Given weights</source>
        <translation>指定的权重</translation>
    </message>
    <message>
        <source>Seed or given weights</source>
        <translation>种子或指定的权重</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>Shuffle the rows each epoch</source>
        <translation>每轮打乱各行</translation>
    </message>
    <message>
        <source>How many digits every number has: about 7 or about 16</source>
        <translation>每个数的有效位数：约 7 位或约 16 位</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Where the torch lanes compute. The DIY lanes are NumPy on the CPU.</source>
        <translation>torch 通道在何处计算。DIY 通道用 CPU 上的 NumPy。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Rows per step. Leave empty to use all rows in each step.</source>
        <translation>每步使用的行数。留空则每步使用全部行。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Deal the rows out in another order each time through the data</source>
        <translation>每遍历一次数据，就换一种行的顺序</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>Which orders are drawn: a whole number from 0 to {last}</source>
        <translation>决定抽到哪些顺序：0 到 {last} 的整数</translation>
    </message>
    <message>
        <source>Shuffle seed</source>
        <translation>打乱种子</translation>
    </message>
    <message>
        <source>Use the weights in the file</source>
        <translation>使用文件中的权重</translation>
    </message>
    <message>
        <source>Draw weights from a seed instead</source>
        <translation>改用种子抽取权重</translation>
    </message>
    <message>
        <source>Use the given weights</source>
        <translation>使用指定的权重</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>另一个文件…</translation>
    </message>
    <message>
        <source>Given weights: {names}</source>
        <translation>指定的权重：{names}</translation>
    </message>
</context>
<context>
    <name>StepSlider</name>
    <message>
        <source>Step {step:,}</source>
        <translation>第 {step:,} 步</translation>
    </message>
</context>
<context>
    <name>SurfaceCanvas</name>
    <message>
        <source>start</source>
        <translation>起点</translation>
    </message>
</context>
<context>
    <name>SurfaceControls</name>
    <message>
        <source>&amp;Plane</source>
        <translation>平面(&amp;P)</translation>
    </message>
    <message>
        <source>What varies along both axes</source>
        <translation>沿两条轴变化的是什么</translation>
    </message>
    <message>
        <source>&amp;through</source>
        <translation>经过(&amp;T)</translation>
    </message>
    <message>
        <source>The weights through which the plane lies: where all others stay</source>
        <translation>平面经过哪一组权重：其余权重都停在那里</translation>
    </message>
    <message>
        <source>across</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>up</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>种子(&amp;S)</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>the start</source>
        <translation>起点</translation>
    </message>
</context>
<context>
    <name>SurfacePointer</name>
    <message>
        <source>Loss at the crosshair</source>
        <translation>十字线处的损失</translation>
    </message>
    <message>
        <source>Point at the surface for its loss</source>
        <translation>指向曲面以读取损失</translation>
    </message>
</context>
<context>
    <name>SurfaceProgress</name>
    <message>
        <source>How much of the surface is worked out</source>
        <translation>曲面已算出多少</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Leave it at what is worked out by now</source>
        <translation>停在目前已算出的部分</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>SurfaceView</name>
    <message>
        <source>Loss surface with the paths of all entries</source>
        <translation>损失曲面与所有条目的轨迹</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>全图</translation>
    </message>
    <message>
        <source>Show the whole surface again (Home, or a double click)</source>
        <translation>重新显示整个曲面 (Home 键或双击)</translation>
    </message>
    <message>
        <source>This surface could not be worked out</source>
        <translation>无法算出此曲面</translation>
    </message>
    <message>
        <source>&amp;Compute</source>
        <translation>计算(&amp;C)</translation>
    </message>
    <message>
        <source>Re&amp;compute</source>
        <translation>重新计算(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Compute this part</source>
        <translation>计算此部分(&amp;C)</translation>
    </message>
    <message>
        <source>Work out the loss on this plane, around the paths</source>
        <translation>在此平面上，计算轨迹周围的损失</translation>
    </message>
    <message>
        <source>Work it out anew, around the paths as they are now</source>
        <translation>按现在的轨迹，重新计算其周围的损失</translation>
    </message>
    <message>
        <source>Work out the part in sight, as finely as the whole</source>
        <translation>计算可见的部分，精细程度与全图相同</translation>
    </message>
</context>
<context>
    <name>SweepForm</name>
    <message>
        <source>Vary</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>and</source>
        <translation>以及</translation>
    </message>
    <message>
        <source>own start</source>
        <translation>自身起点</translation>
    </message>
    <message>
        <source>Optimizer entry to vary</source>
        <translation>要变动的优化器条目</translation>
    </message>
    <message>
        <source>Whose settings to begin from</source>
        <translation>以哪个条目的设置为基础</translation>
    </message>
    <message>
        <source>From how many starts each is trained: the picture shows their median and their spread</source>
        <translation>每个配置从多少个起点训练：图中显示它们的中位数和分布范围</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子数</translation>
    </message>
    <message>
        <source>Steps of each configuration</source>
        <translation>每个配置的步数</translation>
    </message>
    <message>
        <source>Optimizer steps of each</source>
        <translation>每个配置走多少个优化步</translation>
    </message>
    <message>
        <source>What would be trained</source>
        <translation>将要训练什么</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
</context>
<context>
    <name>SweepPage</name>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start the sweep</source>
        <translation>开始扫描</translation>
    </message>
    <message>
        <source>Train all of them; an earlier picture goes</source>
        <translation>训练所有配置；先前的图将被替换</translation>
    </message>
    <message>
        <source>Stop; what was found so far stays</source>
        <translation>停止；保留目前的结果</translation>
    </message>
    <message>
        <source>Cancel the sweep</source>
        <translation>取消扫描</translation>
    </message>
    <message>
        <source>Steps of the sweep</source>
        <translation>扫描的步数</translation>
    </message>
    <message>
        <source>What the picture is of</source>
        <translation>图的内容</translation>
    </message>
    <message>
        <source>State of the sweep</source>
        <translation>扫描的状态</translation>
    </message>
    <message>
        <source>Another entry in the experiment with this setting (or click its point)</source>
        <translation>以此设置在实验中再添加一个条目 (也可单击图中的点)</translation>
    </message>
    <message>
        <source>Add as entry</source>
        <translation>添加为条目</translation>
    </message>
    <message>
        <source>The sweep met an error of the program&apos;s own</source>
        <translation>扫描遇到程序自身的错误</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume the sweep</source>
        <translation>继续扫描</translation>
    </message>
    <message>
        <source>Pause the sweep</source>
        <translation>暂停扫描</translation>
    </message>
    <message>
        <source>Add as entry: {values}</source>
        <translation>添加为条目：{values}</translation>
    </message>
</context>
<context>
    <name>SweepPlot</name>
    <message>
        <source>Loss over the hyperparameter</source>
        <translation>损失随超参数的变化</translation>
    </message>
    <message>
        <source>Click a point to make an entry of it. Arrow keys point, Enter makes the entry.
Drag a rectangle to zoom; a double click or Home shows all of it again.</source>
        <translation>单击一个点即可把它添加为条目。方向键移动所指的点，Enter 添加条目。
拖出矩形以放大；双击或按 Home 键重新显示全部。</translation>
    </message>
    <message>
        <source>Final loss</source>
        <translation>最终损失</translation>
    </message>
    <message>
        <source>Lowest on the way</source>
        <translation>途中最低</translation>
    </message>
    <message>
        <source>The loss of the weights reached, over the training rows or over those that only test, or the lowest that there was on the way to them</source>
        <translation>到达的权重的损失（按训练行，或按只用于测试的行），或途中出现过的最低损失</translation>
    </message>
    <message>
        <source>Which loss is drawn</source>
        <translation>画哪种损失</translation>
    </message>
    <message>
        <source>Lo&amp;garithmic</source>
        <translation>对数坐标(&amp;G)</translation>
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation>损失取对数坐标</translation>
    </message>
    <message>
        <source>Show the loss on a logarithmic scale</source>
        <translation>以对数坐标显示损失</translation>
    </message>
    <message>
        <source>&amp;All of it</source>
        <translation>全图(&amp;A)</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>全图</translation>
    </message>
    <message>
        <source>Leave the zoom (Home, or a double click)</source>
        <translation>取消缩放 (Home 键或双击)</translation>
    </message>
    <message>
        <source>The setting pointed at</source>
        <translation>所指的设置</translation>
    </message>
    <message>
        <source>Test loss</source>
        <translation>测试损失</translation>
    </message>
</context>
<context>
    <name>TakingOptions</name>
    <message>
        <source>y names classes</source>
        <translation>y 是类别名</translation>
    </message>
    <message>
        <source>Cells of y are names, or numbers that stand for classes</source>
        <translation>y 的单元格是名称，或代表类别的数字</translation>
    </message>
    <message>
        <source>Standardise x</source>
        <translation>标准化 x</translation>
    </message>
    <message>
        <source>Each column less its mean, divided by its standard deviation, of the rows that train</source>
        <translation>每一列减去均值再除以标准差，均取自训练行</translation>
    </message>
    <message>
        <source>Share of test rows</source>
        <translation>测试行的比例</translation>
    </message>
    <message>
        <source>Keep rows that train nothing</source>
        <translation>留出不参与训练的行</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Above 0, below 1</source>
        <translation>大于 0，小于 1</translation>
    </message>
    <message>
        <source>Fit loss, last layer and batches</source>
        <translation>使损失、最后一层和批次相配</translation>
    </message>
    <message>
        <source>So that it can be trained at once</source>
        <translation>以便立即训练</translation>
    </message>
    <message>
        <source>Read from the file</source>
        <translation>从文件读取</translation>
    </message>
    <message>
        <source>Copy into the experiment</source>
        <translation>复制到实验中</translation>
    </message>
    <message>
        <source>The experiment names the file, and holds none of its numbers</source>
        <translation>实验只写文件名，不含其中的数字</translation>
    </message>
    <message>
        <source>For small tables: the numbers stand in the experiment, and can be typed over</source>
        <translation>适合小的表：数字存放在实验中，可以改写</translation>
    </message>
</context>
<context>
    <name>TextBox</name>
    <message>
        <source>No more than {length} characters fit in here; the rest was left out.</source>
        <translation>此处最多容纳 {length} 个字符；其余部分已略去。</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>回到起点</translation>
    </message>
    <message>
        <source>To the start, before the first step</source>
        <translation>回到起点，即第一步之前</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Back by one step</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Forward by one recorded step</source>
        <translation>在已记录的步中前进一步</translation>
    </message>
    <message>
        <source>Newest step</source>
        <translation>最新一步</translation>
    </message>
    <message>
        <source>To the newest step</source>
        <translation>到最新一步</translation>
    </message>
    <message>
        <source>Drag to any step of the run: the whole window shows it</source>
        <translation>拖到运行的任意一步：整个窗口随之显示该步</translation>
    </message>
    <message>
        <source>Step shown</source>
        <translation>所显示的步</translation>
    </message>
    <message>
        <source>Type a step to go there</source>
        <translation>输入步数即可转到该步</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>of {newest:,}</source>
        <translation>共 {newest:,} 步</translation>
    </message>
</context>
<context>
    <name>TitleForm</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>A name for the experiment</source>
        <translation>实验的名称</translation>
    </message>
    <message>
        <source>Untitled experiment</source>
        <translation>未命名的实验</translation>
    </message>
    <message>
        <source>Train a network on data, or send the optimizers down a function of two numbers</source>
        <translation>用数据训练网络，或让优化器在一个二元函数上下降</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练对象</translation>
    </message>
    <message>
        <source>A network on data</source>
        <translation>网络与数据</translation>
    </message>
    <message>
        <source>A test function</source>
        <translation>测试函数</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Transport</source>
        <translation>运行控制</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Number of steps to run</source>
        <translation>要运行的步数</translation>
    </message>
    <message>
        <source>How many steps “Run steps” takes</source>
        <translation>“运行多步”一次走多少步</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>From one step a second to as fast as possible</source>
        <translation>从每秒一步到尽可能快</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps per second</source>
        <translation>每秒步数</translation>
    </message>
    <message>
        <source>as fast as possible</source>
        <translation>尽可能快</translation>
    </message>
    <message>
        <source>{rate:,g} a second</source>
        <translation>每秒 {rate:,g} 步</translation>
    </message>
    <message>
        <source>Step {step:,}</source>
        <translation>第 {step:,} 步</translation>
    </message>
    <message>
        <source>{speed:,.0f} steps/s</source>
        <translation>{speed:,.0f} 步/秒</translation>
    </message>
</context>
<context>
    <name>TripleMap</name>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>全图</translation>
    </message>
    <message>
        <source>Show the whole matrix again (Home, or a double click)</source>
        <translation>重新显示整个矩阵 (Home 键或双击)</translation>
    </message>
    <message>
        <source>A cell shows the weight that is largest in magnitude of those it covers</source>
        <translation>每格显示其覆盖的权重中绝对值最大的一个</translation>
    </message>
    <message>
        <source>Values of the cell pointed at</source>
        <translation>所指单元格的值</translation>
    </message>
</context>
<context>
    <name>Undoing</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo {what}</source>
        <translation>撤销{what}(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo {what}</source>
        <translation>重做{what}(&amp;R)</translation>
    </message>
</context>
<context>
    <name>UpdateBars</name>
    <message>
        <source>The parts of the weight&apos;s change</source>
        <translation>权重变化量的各组成部分</translation>
    </message>
</context>
<context>
    <name>UpdatePanel</name>
    <message>
        <source>How {optimizer} turns it into the change of {element}</source>
        <translation>{optimizer} 如何把它变成 {element} 的变化量</translation>
    </message>
    <message>
        <source>before</source>
        <translation>更新前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>更新后</translation>
    </message>
    <message>
        <source>A number here is not finite, so there is nothing to draw. Go back to where it arose.</source>
        <translation>此处有非有限的数，因此无法绘图。请退回到它出现的地方。</translation>
    </message>
</context>
<context>
    <name>ValueMapsPage</name>
    <message>
        <source>Unit of the difference</source>
        <translation>差值的单位</translation>
    </message>
    <message>
        <source>absolute</source>
        <translation>绝对</translation>
    </message>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>The value in both lanes, and the difference</source>
        <translation>两条通道中的值，以及差值</translation>
    </message>
    <message>
        <source>Point at a cell, or use the arrow keys, to read it.</source>
        <translation>指向单元格或用方向键读取其值。</translation>
    </message>
    <message>
        <source>torch has none</source>
        <translation>torch 中没有</translation>
    </message>
    <message>
        <source>Nothing to compare with</source>
        <translation>没有可比较的对象</translation>
    </message>
    <message>
        <source>Choose a variable to see all of its values here.</source>
        <translation>选择一个变量，即可在此查看它的全部数值。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>an array without elements</source>
        <translation>没有元素的数组</translation>
    </message>
</context>
<context>
    <name>VariablesModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>The first elements, row by row</source>
        <translation>最前面的几个元素，逐行列出</translation>
    </message>
    <message>
        <source>torch&apos;s value of the same thing, from autograd and torch.optim themselves</source>
        <translation>同一个量在 torch 中的值，直接来自 autograd 和 torch.optim</translation>
    </message>
    <message>
        <source>The largest difference, by magnitude, of all elements</source>
        <translation>所有元素中绝对值最大的差</translation>
    </message>
    <message>
        <source>The same element&apos;s distance in ULPs</source>
        <translation>同一元素以 ULP 计的距离</translation>
    </message>
    <message>
        <source>{verdict}; farthest apart at {place}</source>
        <translation>{verdict}；相差最大处：{place}</translation>
    </message>
    <message>
        <source>{name}, just made</source>
        <translation>{name}，刚刚产生</translation>
    </message>
    <message>
        <source>More than {count} ULPs: beside numbers near 0, or far apart, their count says nothing.</source>
        <translation>超过 {count} ULP：在接近 0 的数旁边，或者相差很大时，ULP 数没有意义。</translation>
    </message>
</context>
<context>
    <name>VariablesPage</name>
    <message>
        <source>Variables of the function</source>
        <translation>函数的变量</translation>
    </message>
    <message>
        <source>Look at the values</source>
        <translation>查看数值</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>WarmupRow</name>
    <message>
        <source>Warm-up first</source>
        <translation>先预热</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>{value} (default)</source>
        <translation>{value} (默认)</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Start factor</source>
        <translation>起始系数</translation>
    </message>
    <message>
        <source>Begin with a share of the rate, and rise in a straight line to where the schedule begins</source>
        <translation>从学习率的一部分开始，沿直线上升到调度开始时的值</translation>
    </message>
    <message>
        <source>Optimizer {number}, warm-up</source>
        <translation>优化器 {number}，预热</translation>
    </message>
    <message>
        <source>How many steps the warm-up takes: a whole number from 1</source>
        <translation>预热用多少步：从 1 开始的整数</translation>
    </message>
    <message>
        <source>Optimizer {number}, warm-up steps</source>
        <translation>优化器 {number}，预热步数</translation>
    </message>
    <message>
        <source>The share of the rate at first: above 0, at the most 1</source>
        <translation>开始时学习率的比例：大于 0，至多为 1</translation>
    </message>
    <message>
        <source>Optimizer {number}, start factor</source>
        <translation>优化器 {number}，起始系数</translation>
    </message>
</context>
<context>
    <name>WeightsExport</name>
    <message>
        <source>The weights were lost with the engine.</source>
        <translation>权重随引擎一起丢失了。</translation>
    </message>
    <message>
        <source>&amp;Weights…</source>
        <translation>权重(&amp;W)…</translation>
    </message>
    <message>
        <source>Of a lane, after the step shown: for NumPy, for torch, or as safetensors</source>
        <translation>某个通道在所示步之后的权重：供 NumPy 或 torch 使用，或存为 safetensors</translation>
    </message>
    <message>
        <source>torch’s state_dict</source>
        <translation>torch 的 state_dict</translation>
    </message>
    <message>
        <source>safetensors</source>
        <translation>safetensors</translation>
    </message>
    <message>
        <source>NumPy’s arrays</source>
        <translation>NumPy 数组</translation>
    </message>
    <message>
        <source>Weights after step {step}.</source>
        <translation>第 {step} 步之后的权重。</translation>
    </message>
    <message>
        <source>The weights could not be written: {reason}</source>
        <translation>无法写出权重：{reason}</translation>
    </message>
</context>
<context>
    <name>WhichPart</name>
    <message>
        <source>Which of the file’s parts is meant</source>
        <translation>指的是文件中的哪一部分</translation>
    </message>
    <message>
        <source>Of several:</source>
        <translation>有多个，选择：</translation>
    </message>
    <message>
        <source>Which is meant?</source>
        <translation>指的是哪一个？</translation>
    </message>
    <message>
        <source>{argument} is</source>
        <translation>{argument} 是</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>它是什么？</translation>
    </message>
</context>
<context>
    <name>_Picture</name>
    <message>
        <source>Stages of the step</source>
        <translation>这一步的各阶段</translation>
    </message>
    <message>
        <source>Stages of the step: {stage} {mark}</source>
        <translation>这一步的各阶段：{stage} {mark}</translation>
    </message>
    <message>
        <source>Forward →</source>
        <translation>前向 →</translation>
    </message>
    <message>
        <source>← Backward</source>
        <translation>← 反向</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
</context>
<context>
    <name>branches</name>
    <message>
        <source>{files} as it was before</source>
        <translation>{files}（更改之前）</translation>
    </message>
    <message>
        <source>steps {start}–{end}</source>
        <translation>第 {start}–{end} 步</translation>
    </message>
    <message>
        <source>Branch {number}</source>
        <translation>分支 {number}</translation>
    </message>
</context>
<context>
    <name>breakpoints</name>
    <message>
        <source>Line {line} of {file}: {source}</source>
        <translation>{file} 第 {line} 行：{source}</translation>
    </message>
    <message>
        <source>Line {line} of {file}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>Before the activation of any layer</source>
        <translation>任一层的激活之前</translation>
    </message>
    <message>
        <source>Before the loss</source>
        <translation>损失之前</translation>
    </message>
    <message>
        <source>Before the backward pass of any layer</source>
        <translation>任一层的反向传播之前</translation>
    </message>
    <message>
        <source>Before the update of any layer</source>
        <translation>任一层的更新之前</translation>
    </message>
    <message>
        <source>Before the activation of layer {layer}</source>
        <translation>第 {layer} 层的激活之前</translation>
    </message>
    <message>
        <source>Before the backward pass of layer {layer}</source>
        <translation>第 {layer} 层的反向传播之前</translation>
    </message>
    <message>
        <source>Before the update of layer {layer}</source>
        <translation>第 {layer} 层的更新之前</translation>
    </message>
    <message>
        <source>Before the function&apos;s value</source>
        <translation>函数值之前</translation>
    </message>
    <message>
        <source>Before the gradient</source>
        <translation>梯度之前</translation>
    </message>
    <message>
        <source>Before the update</source>
        <translation>更新之前</translation>
    </message>
    <message>
        <source>{quantity} of {lane}</source>
        <translation>{quantity} ({lane})</translation>
    </message>
    <message>
        <source>{what} &lt; {value}</source>
        <translation>{what} &lt; {value}</translation>
    </message>
    <message>
        <source>{what} &gt; {value}</source>
        <translation>{what} &gt; {value}</translation>
    </message>
    <message>
        <source>{what} becomes NaN or infinite</source>
        <translation>{what} 变为 NaN 或无穷大</translation>
    </message>
    <message>
        <source>{what} rises by more than a factor of {value}</source>
        <translation>{what} 升到上一步的 {value} 倍以上</translation>
    </message>
    <message>
        <source>any pair</source>
        <translation>任一对通道</translation>
    </message>
    <message>
        <source>any lane</source>
        <translation>任一通道</translation>
    </message>
    <message>
        <source>A line</source>
        <translation>某一行</translation>
    </message>
    <message>
        <source>A stage</source>
        <translation>某个阶段</translation>
    </message>
    <message>
        <source>A condition</source>
        <translation>某个条件</translation>
    </message>
    <message>
        <source>Before the forward pass of any layer</source>
        <translation>任一层的前向传播之前</translation>
    </message>
    <message>
        <source>Before the forward pass of layer {layer}</source>
        <translation>第 {layer} 层的前向传播之前</translation>
    </message>
    <message>
        <source>Forward pass</source>
        <translation>前向传播</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Backward pass</source>
        <translation>反向传播</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Any layer</source>
        <translation>任一层</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Weight norm</source>
        <translation>权重范数</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>最大差异</translation>
    </message>
    <message>
        <source>Parity in ULPs</source>
        <translation>最大差异 (ULP)</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>小于</translation>
    </message>
    <message>
        <source>is more than</source>
        <translation>大于</translation>
    </message>
    <message>
        <source>becomes NaN or infinite</source>
        <translation>变为 NaN 或无穷大</translation>
    </message>
    <message>
        <source>rises by more than a factor of</source>
        <translation>升到上一步的若干倍以上</translation>
    </message>
    <message>
        <source>Each time before this line runs.</source>
        <translation>每次在此行执行之前。</translation>
    </message>
    <message>
        <source>In each step, before the first line of this stage.</source>
        <translation>每一步中，在此阶段的第一行之前。</translation>
    </message>
    <message>
        <source>The step&apos;s loss, before its update.</source>
        <translation>这一步更新之前的损失。</translation>
    </message>
    <message>
        <source>How long all gradients of the step are as one vector (L2 norm).</source>
        <translation>把这一步的所有梯度合为一个向量时的长度 (L2 范数)。</translation>
    </message>
    <message>
        <source>How long all weights after the update are as one vector (L2 norm).</source>
        <translation>把更新之后的所有权重合为一个向量时的长度 (L2 范数)。</translation>
    </message>
    <message>
        <source>The largest difference between the two lanes at the step.</source>
        <translation>该步中两条通道之间的最大差。</translation>
    </message>
    <message>
        <source>The largest difference between the two lanes at the step, in units in the last place.</source>
        <translation>该步中两条通道之间的最大差，以末位单位（ULP）计。</translation>
    </message>
    <message>
        <source>The learning rate that the step&apos;s update takes.</source>
        <translation>这一步的更新所用的学习率。</translation>
    </message>
    <message>
        <source>from {needed}</source>
        <translation>从第 {needed} 次起</translation>
    </message>
    <message>
        <source>{count:,} of {needed}</source>
        <translation>{count:,} / {needed}</translation>
    </message>
    <message>
        <source>The breakpoint on line {line} of {file} has moved with its line, to line {to_line} of {to_file}</source>
        <translation>{file} 第 {line} 行的断点已随该行移到 {to_file} 第 {to_line} 行</translation>
    </message>
    <message>
        <source>The breakpoint on line {line} of {file} was dropped: no step runs that line any more</source>
        <translation>{file} 第 {line} 行的断点已移除：任何一步都不再运行该行</translation>
    </message>
    <message>
        <source>The breakpoint on line {line} of {file} was dropped: its text, {text}, stands nowhere that a step comes to, or in several places</source>
        <translation>{file} 第 {line} 行的断点已移除：任何一步都不会运行到其代码 {text}，或该代码出现在多处</translation>
    </message>
</context>
<context>
    <name>chain</name>
    <message>
        <source>{verdict}, {distance} apart ({count} ULP)</source>
        <translation>{verdict}，相差 {distance} ({count} ULP)</translation>
    </message>
    <message>
        <source>{verdict}, {distance} apart</source>
        <translation>{verdict}，相差 {distance}</translation>
    </message>
</context>
<context>
    <name>choices</name>
    <message>
        <source>Identity</source>
        <translation>恒等</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>Sigmoid</translation>
    </message>
    <message>
        <source>Tanh</source>
        <translation>Tanh</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Leaky ReLU</source>
        <translation>Leaky ReLU</translation>
    </message>
    <message>
        <source>ELU</source>
        <translation>ELU</translation>
    </message>
    <message>
        <source>GELU</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>SiLU</source>
        <translation>SiLU</translation>
    </message>
    <message>
        <source>Softplus</source>
        <translation>Softplus</translation>
    </message>
    <message>
        <source>CELU</source>
        <translation>CELU</translation>
    </message>
    <message>
        <source>SELU</source>
        <translation>SELU</translation>
    </message>
    <message>
        <source>Mish</source>
        <translation>Mish</translation>
    </message>
    <message>
        <source>Hard tanh</source>
        <translation>Hard tanh</translation>
    </message>
    <message>
        <source>ReLU6</source>
        <translation>ReLU6</translation>
    </message>
    <message>
        <source>Hard swish</source>
        <translation>Hard swish</translation>
    </message>
    <message>
        <source>Softsign</source>
        <translation>Softsign</translation>
    </message>
    <message>
        <source>Log-sigmoid</source>
        <translation>Log-sigmoid</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Log-softmax</source>
        <translation>Log-softmax</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>Mean absolute error (L1)</source>
        <translation>平均绝对误差 (L1)</translation>
    </message>
    <message>
        <source>Smooth L1</source>
        <translation>平滑 L1</translation>
    </message>
    <message>
        <source>Huber</source>
        <translation>Huber</translation>
    </message>
    <message>
        <source>Binary cross-entropy</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>Cross-entropy (classes)</source>
        <translation>交叉熵 (类别)</translation>
    </message>
    <message>
        <source>Negative log likelihood (classes)</source>
        <translation>负对数似然（类别）</translation>
    </message>
    <message>
        <source>Binary cross-entropy (of probabilities)</source>
        <translation>二元交叉熵（概率）</translation>
    </message>
    <message>
        <source>Kullback-Leibler divergence</source>
        <translation>KL 散度（Kullback-Leibler）</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>Layer norm</source>
        <translation>层归一化</translation>
    </message>
    <message>
        <source>RMS norm</source>
        <translation>RMS 归一化</translation>
    </message>
    <message>
        <source>Batch norm</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>展平</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Rosenbrock</source>
        <translation>Rosenbrock</translation>
    </message>
    <message>
        <source>Beale</source>
        <translation>Beale</translation>
    </message>
    <message>
        <source>Himmelblau</source>
        <translation>Himmelblau</translation>
    </message>
    <message>
        <source>Saddle</source>
        <translation>鞍面</translation>
    </message>
    <message>
        <source>Quadratic</source>
        <translation>二次函数</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>NVIDIA GPU (cuda)</source>
        <translation>NVIDIA GPU (cuda)</translation>
    </message>
    <message>
        <source>Apple GPU (mps)</source>
        <translation>Apple GPU (mps)</translation>
    </message>
    <message>
        <source>DIY</source>
        <translation>DIY</translation>
    </message>
    <message>
        <source>torch</source>
        <translation>torch</translation>
    </message>
</context>
<context>
    <name>compare</name>
    <message>
        <source>Train at many hyperparameters at once: which is best, and how much it matters</source>
        <translation>同时用许多超参数取值训练：哪个最好，影响有多大</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>曲面</translation>
    </message>
    <message>
        <source>The loss over a plane of the weights, with every entry&apos;s path on it</source>
        <translation>损失在权重空间的一个平面上的图像，以及每个条目在其上的轨迹</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How the schedules change the learning rate, step by step</source>
        <translation>调度如何逐步改变学习率</translation>
    </message>
    <message>
        <source>Earlier run</source>
        <translation>早先的运行</translation>
    </message>
    <message>
        <source>Another run beside this one: its curves, how far they are apart, what was set</source>
        <translation>放在本次运行旁边的另一次运行：它的曲线、两者相差多少、设置有何不同</translation>
    </message>
</context>
<context>
    <name>debug</name>
    <message>
        <source>returned</source>
        <translation>返回值</translation>
    </message>
    <message>
        <source>min {low}, mean {mean}, max {high}</source>
        <translation>最小 {low}，平均 {mean}，最大 {high}</translation>
    </message>
    <message>
        <source>{lane}: {numbers}</source>
        <translation>{lane}：{numbers}</translation>
    </message>
    <message>
        <source>{function} (layer {number})</source>
        <translation>{function} (第 {number} 层)</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>clipping</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>layer {number}, {stage}</source>
        <translation>第 {number} 层，{stage}</translation>
    </message>
    <message>
        <source>The schedule says what the learning rate of this step is.</source>
        <translation>调度决定这一步的学习率。</translation>
    </message>
    <message>
        <source>The layer makes z of its inputs: a dense one weighs them and adds them up, z = x Wᵀ, plus b where it has a bias.</source>
        <translation>该层由输入得到 z：全连接层对输入加权求和，z = x Wᵀ，有偏置时再加 b。</translation>
    </message>
    <message>
        <source>The activation turns the sums into outputs: a = f(z).</source>
        <translation>激活函数把加权和变为输出：a = f(z)。</translation>
    </message>
    <message>
        <source>The loss says how far the output is from what it should be.</source>
        <translation>损失衡量输出与应有的值相差多远。</translation>
    </message>
    <message>
        <source>The chain rule goes back: how the loss changes with each of the layer&apos;s weights.</source>
        <translation>链式法则反向推进：损失随该层的每个权重如何变化。</translation>
    </message>
    <message>
        <source>Gradients that are too large are made smaller before the optimizer sees them.</source>
        <translation>过大的梯度在交给优化器之前先被缩小。</translation>
    </message>
    <message>
        <source>The optimizer moves the layer&apos;s weights against their gradients.</source>
        <translation>优化器让该层的权重沿梯度的反方向移动。</translation>
    </message>
    <message>
        <source>The function gives its value at the point: L = f(x, y).</source>
        <translation>函数给出它在该点的值：L = f(x, y)。</translation>
    </message>
    <message>
        <source>The gradient, by the chain rule: how the value changes with x and with y.</source>
        <translation>用链式法则求梯度：函数值随 x 和 y 如何变化。</translation>
    </message>
    <message>
        <source>The optimizer moves the point against the gradient.</source>
        <translation>优化器让点沿梯度的反方向移动。</translation>
    </message>
</context>
<context>
    <name>diagnosis</name>
    <message>
        <source>{label}: {what}</source>
        <translation>{label}：{what}</translation>
    </message>
    <message>
        <source>{name} is no finite number any more from step {step} on</source>
        <translation>从第 {step} 步起，{name} 不再是有限的数</translation>
    </message>
    <message>
        <source>A number that outgrows {dtype} is infinite, infinity minus infinity is no number, and all that is computed of it is none either</source>
        <translation>超出 {dtype} 范围的数会变成无穷大，无穷大减无穷大不是数，由它算出的一切也都不是数</translation>
    </message>
    <message>
        <source>Go back to the step before and see what makes {name} so large; a lower learning rate or clipped gradients keep numbers small</source>
        <translation>回到前一步，看看是什么让 {name} 变得这么大；更小的学习率或梯度裁剪可以让数值保持较小</translation>
    </message>
    <message>
        <source>The learning rate {rate} is too large: {steps} steps led from a loss of {begin} to {end}</source>
        <translation>学习率 {rate} 太大：{steps} 步之后损失从 {begin} 变成了 {end}</translation>
    </message>
    <message>
        <source>Each update goes so far along the gradient that the loss is higher on the other side</source>
        <translation>每次更新沿梯度走得太远，到了另一侧损失反而更高</translation>
    </message>
    <message>
        <source>With a rate of {better} as many steps lead to {better_end}</source>
        <translation>学习率取 {better} 时，同样多的步数后损失为 {better_end}</translation>
    </message>
    <message>
        <source>The last layer&apos;s activation, {activation}, stands before a loss that has its own</source>
        <translation>最后一层的激活函数 {activation} 放在了自带激活的损失之前</translation>
    </message>
    <message>
        <source>{loss} takes logits, which may be any number, and this activation only lets through those from {lowest} to {highest}: the loss cannot fall below {floor}</source>
        <translation>{loss} 接收的是 logits，可以是任意数，而这个激活函数只让 {lowest} 到 {highest} 之间的数通过：损失不可能低于 {floor}</translation>
    </message>
    <message>
        <source>Make the last layer&apos;s activation identity</source>
        <translation>把最后一层的激活函数改为 identity</translation>
    </message>
    <message>
        <source>{count} of {all} targets are out of the last layer&apos;s reach: the loss cannot fall below {floor}</source>
        <translation>{all} 个目标值中有 {count} 个超出最后一层能达到的范围：损失不可能低于 {floor}</translation>
    </message>
    <message>
        <source>The activation, {activation}, only makes numbers from {lowest} to {highest}, and a target is {target}</source>
        <translation>激活函数 {activation} 只能得到 {lowest} 到 {highest} 之间的数，而有一个目标值是 {target}</translation>
    </message>
    <message>
        <source>Scale the targets into that range, or take another activation for the last layer, such as identity</source>
        <translation>把目标值缩放到该范围内，或为最后一层换一个激活函数，例如 identity</translation>
    </message>
    <message>
        <source>A gradient is multiplied by the slope of the activation, {activation}; where that is 0 on every row, none reaches the unit&apos;s weights any more</source>
        <translation>梯度要乘以激活函数 {activation} 的斜率；若它在每一行上都为 0，就再没有梯度能到达该单元的权重</translation>
    </message>
    <message>
        <source>Begin again with a lower learning rate or from another start, or take an activation that has a slope everywhere, such as leaky_relu</source>
        <translation>用更小的学习率或从另一组初始权重重新开始，或者换一个处处有斜率的激活函数，例如 leaky_relu</translation>
    </message>
    <message>
        <source>{count} of {all} units of layer {layer} are dead: on none of {rows} rows is there any slope</source>
        <translation>第 {layer} 层的 {all} 个单元中有 {count} 个已经死亡：在 {rows} 行中的任何一行上斜率都为 0</translation>
    </message>
    <message>
        <source>The learning rate {rate} of {weights} is too large: {steps} steps led from a loss of {begin} to {end}</source>
        <translation>{weights} 的学习率 {rate} 太大：{steps} 步之后损失从 {begin} 变成了 {end}</translation>
    </message>
    <message>
        <source>Each update of these goes so far along their gradient that the loss is higher on the other side</source>
        <translation>这些权重的每次更新都沿其梯度走得太远，到了另一侧损失反而更高</translation>
    </message>
    <message>
        <source>With a rate of {better} for these as many steps lead to {better_end}</source>
        <translation>把它们的学习率改为 {better}，同样多的步数会得到 {better_end}</translation>
    </message>
    <message>
        <source>The learning rates of all groups of weights are too large: {steps} steps led from a loss of {begin} to {end}</source>
        <translation>各组权重的学习率都太大：{steps} 步之后损失从 {begin} 变成了 {end}</translation>
    </message>
    <message>
        <source>With each of them divided by {divisor} as many steps lead to {better_end}</source>
        <translation>把它们都除以 {divisor}，同样多的步数会得到 {better_end}</translation>
    </message>
    <message>
        <source>{count} of {all} units of layer {layer} are saturated: on nearly all of {rows} rows the slope is below {slope}</source>
        <translation>第 {layer} 层的 {all} 个单元中有 {count} 个已经饱和：在 {rows} 行中几乎每一行上斜率都小于 {slope}</translation>
    </message>
    <message>
        <source>The activation, {activation}, is flat far from 0, and a gradient is multiplied by its slope: what is below learns hardly anything</source>
        <translation>激活函数 {activation} 在远离 0 处很平，而梯度要乘以它的斜率：其下的层几乎学不到东西</translation>
    </message>
    <message>
        <source>Scale the inputs, begin with smaller weights, or take an activation that does not flatten</source>
        <translation>缩放输入，从更小的权重开始，或换一个不会变平的激活函数</translation>
    </message>
    <message>
        <source>The gradient grows on its way back: at layer {layer} it is {ratio} times that at the last one</source>
        <translation>梯度在反向传播中变大：在第 {layer} 层是最后一层的 {ratio} 倍</translation>
    </message>
    <message>
        <source>Backwards, each layer multiplies by its weights; where they are large, the product grows with every layer</source>
        <translation>反向传播时每一层都要乘以它的权重；权重大时，乘积随每一层增大</translation>
    </message>
    <message>
        <source>Clip the gradients, begin with smaller weights, or take fewer layers</source>
        <translation>裁剪梯度，从更小的权重开始，或减少层数</translation>
    </message>
    <message>
        <source>The gradient fades on its way back: at layer {layer} it is {ratio} of that at the last one</source>
        <translation>梯度在反向传播中消失：在第 {layer} 层只有最后一层的 {ratio}</translation>
    </message>
    <message>
        <source>Backwards, each layer multiplies by its weights and slopes; where they are small, hardly anything arrives</source>
        <translation>反向传播时每一层都要乘以它的权重和斜率；它们小时，几乎什么也传不到</translation>
    </message>
    <message>
        <source>Take an activation with larger slopes, such as relu, larger weights to begin with, or fewer layers</source>
        <translation>换一个斜率更大的激活函数，例如 relu，或从更大的权重开始，或减少层数</translation>
    </message>
    <message>
        <source>The columns of x are of different size: column {large} about {large_size}, column {small} about {small_size}</source>
        <translation>x 各列的大小相差悬殊：{large} 列约为 {large_size}，{small} 列约为 {small_size}</translation>
    </message>
    <message>
        <source>A weight&apos;s gradient is multiplied by its input: a rate that suits one column is too large or too small for the other</source>
        <translation>权重的梯度要乘以它的输入：适合某一列的学习率对另一列来说太大或太小</translation>
    </message>
    <message>
        <source>Scale every column to a mean of 0 and a deviation of 1</source>
        <translation>把每一列缩放为均值 0、标准差 1</translation>
    </message>
    <message>
        <source>The bias of layer {layers} never learns: its gradient is {bias} at most, the weights&apos; gradient {weight}</source>
        <translation>第 {layers} 层的偏置永远学不到东西：它的梯度最多为 {bias}，而权重的梯度为 {weight}</translation>
    </message>
    <message>
        <source>A batch norm comes next, and takes each column&apos;s mean away, and with it what is added to all rows alike: the gradient is 0 but for rounding, and an optimizer that divides by its size, such as Adam, moves the bias by that noise</source>
        <translation>下一层是批归一化，它减去每一列的均值，加到所有行上的同一个数也随之减去：除了舍入误差，梯度就是 0；而 Adam 这类除以梯度大小的优化器，会让偏置随这种噪声移动</translation>
    </message>
    <message>
        <source>Switch the layer&apos;s bias off (bias: false); the batch norm has one of its own</source>
        <translation>关闭该层的偏置（bias: false）；批归一化自带偏置</translation>
    </message>
    <message>
        <source>The loss hardly falls any more: in the last {steps} steps from {begin} to {end}</source>
        <translation>损失几乎不再下降：最近 {steps} 步只从 {begin} 降到 {end}</translation>
    </message>
    <message>
        <source>The gradient&apos;s size is {gradient} by now: the weights stand on a plateau, in a minimum, or the steps are too small</source>
        <translation>梯度的大小现在是 {gradient}：权重停在平坦处或极小点上，或者步子太小</translation>
    </message>
    <message>
        <source>Try a larger learning rate, an optimizer with momentum, or more units; if the loss is low enough, it is done</source>
        <translation>试试更大的学习率、带动量的优化器或更多单元；如果损失已经够低，训练就完成了</translation>
    </message>
</context>
<context>
    <name>earlier</name>
    <message>
        <source>there</source>
        <translation>有</translation>
    </message>
    <message>
        <source>Optimizer {label}</source>
        <translation>优化器 {label}</translation>
    </message>
    <message>
        <source>{value}, others</source>
        <translation>{value}，内容不同</translation>
    </message>
    <message>
        <source>{size} numbers</source>
        <translation>{size} 个数字</translation>
    </message>
    <message>
        <source>{count} lines</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>How far each lane is apart from the earlier run</source>
        <translation>每条通道与早先的运行相差多少</translation>
    </message>
    <message>
        <source>Lane, weights</source>
        <translation>通道、权重</translation>
    </message>
    <message>
        <source>Steps in both</source>
        <translation>共有步数</translation>
    </message>
    <message>
        <source>Apart from step</source>
        <translation>自此步起不同</translation>
    </message>
    <message>
        <source>Largest |Δ|</source>
        <translation>最大 |Δ|</translation>
    </message>
    <message>
        <source>at step</source>
        <translation>所在步</translation>
    </message>
    <message>
        <source>The first step whose losses differ at all; before it they are equal bit for bit</source>
        <translation>损失开始出现任何差异的第一步；此前逐位相等</translation>
    </message>
    <message>
        <source>Of a lane, over the losses of all common steps; of weights, over the tensor</source>
        <translation>对通道而言，取所有共有步的损失；对权重而言，取整个张量</translation>
    </message>
    <message>
        <source>other shape</source>
        <translation>形状不同</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>当时</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>A session, a report, or the folder that a run was written to, can be laid beside this run: its curves in the race, its lines in the table, and here how far the two are apart.</source>
        <translation>可以把会话、报告或某次运行写出的文件夹放在这次运行旁边：它的曲线画在竞速图里，它的行列在表中，这里则说明两者相差多少。</translation>
    </message>
    <message>
        <source>The two have no lane of the same name: there is nothing to compare number by number.</source>
        <translation>两者没有同名的通道：没有可以逐个数字比较的内容。</translation>
    </message>
    <message>
        <source>How far the two are apart is told from the first step on.</source>
        <translation>从第一步起，这里会显示两者相差多少。</translation>
    </message>
    <message>
        <source>Every loss of the {steps} steps in both is equal, bit for bit.</source>
        <translation>两者共有的 {steps} 步中，每个损失都逐位相等。</translation>
    </message>
    <message>
        <source>The losses differ from step 1 on.</source>
        <translation>损失从第 1 步起就不同。</translation>
    </message>
    <message>
        <source>The losses are equal, bit for bit, up to step {step}.</source>
        <translation>直到第 {step} 步，损失逐位相等。</translation>
    </message>
    <message>
        <source>The report has the loss of one step in {every}: those are compared.</source>
        <translation>报告里每 {every} 步只有一步的损失：比较的就是这些步。</translation>
    </message>
    <message>
        <source>It was written without weights.</source>
        <translation>它没有写入权重。</translation>
    </message>
    <message>
        <source>Its weights are those after step {step}: they are compared where this run stands there, too.</source>
        <translation>它的权重是第 {step} 步之后的：当本次运行也停在该步时，才会比较权重。</translation>
    </message>
    <message>
        <source>The files of a run do not tell its settings; a session or a report does.</source>
        <translation>运行写出的文件里没有设置；会话或报告里有。</translation>
    </message>
    <message>
        <source>Settings that differ: {count}</source>
        <translation>不同的设置：{count}</translation>
    </message>
    <message>
        <source>All settings are the same.</source>
        <translation>所有设置都相同。</translation>
    </message>
    <message>
        <source>In the earlier run, changed after step {step}: {label} {what}</source>
        <translation>早先的运行在第 {step} 步之后作了更改：{label} {what}</translation>
    </message>
</context>
<context>
    <name>examples</name>
    <message>
        <source>The article&apos;s experiment</source>
        <translation>文章中的实验</translation>
    </message>
    <message>
        <source>Beale&apos;s function (1958): a plain between steep walls</source>
        <translation>Beale 函数 (1958)：陡壁之间的一片平地</translation>
    </message>
    <message>
        <source>Eight layers of tanh, with too small a start: nothing is learned</source>
        <translation>八层 tanh，初始值太小：什么也学不到</translation>
    </message>
    <message>
        <source>Eight layers of tanh, with the start they need</source>
        <translation>八层 tanh，配上所需的初始值</translation>
    </message>
    <message>
        <source>Himmelblau&apos;s function (1972): four lowest points, and who finds which</source>
        <translation>Himmelblau 函数 (1972)：四个最低点，看谁找到哪一个</translation>
    </message>
    <message>
        <source>Fisher&apos;s irises: all fourteen optimizers, with a network without biases, as Muon takes matrices only</source>
        <translation>费希尔的鸢尾花：全部十四个优化器；网络不带偏置，因为 Muon 只接受矩阵</translation>
    </message>
    <message>
        <source>Irises with layer norm and dropout, a third of the flowers kept for testing</source>
        <translation>鸢尾花：层归一化与 dropout，三分之一的花留作测试</translation>
    </message>
    <message>
        <source>Fisher&apos;s irises (1936): setosa 0, versicolor 1, virginica 2, by sepal and petal length and width in cm</source>
        <translation>费希尔的鸢尾花 (1936)：山鸢尾 0、变色鸢尾 1、维吉尼亚鸢尾 2，按萼片和花瓣的长与宽 (厘米)</translation>
    </message>
    <message>
        <source>Names by an embedding: three letters, and the one that follows</source>
        <translation>用嵌入学名字：三个字母，以及接下来的一个</translation>
    </message>
    <message>
        <source>A bowl 100 times as curved along y as along x</source>
        <translation>碗形：沿 y 的曲率是沿 x 的 100 倍</translation>
    </message>
    <message>
        <source>Stopping distances of cars in the 1920s (Ezekiel 1930): speed in 10 mph, distance in 10 ft</source>
        <translation>1920 年代汽车的刹车距离 (Ezekiel 1930)：速度以 10 英里/时计，距离以 10 英尺计</translation>
    </message>
    <message>
        <source>Two spirals: a deep net that SGD trains only by its skips</source>
        <translation>双螺旋：只有靠跳跃连接 SGD 才能训练的深层网络</translation>
    </message>
    <message>
        <source>Rosenbrock&apos;s valley (1960): all fourteen optimizers from the same start</source>
        <translation>Rosenbrock 山谷 (1960)：全部十四个优化器从同一起点出发</translation>
    </message>
    <message>
        <source>Exclusive or: the smallest problem that needs a hidden layer</source>
        <translation>异或：需要隐藏层的最小问题</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Table, comma-separated</source>
        <translation>逗号分隔的表格</translation>
    </message>
</context>
<context>
    <name>faults</name>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>ragged rows</source>
        <translation>长短不一的行</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>a number has too many digits</source>
        <translation>有数字的位数过多</translation>
    </message>
    <message>
        <source>not an ordinary file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>it is no name of a file</source>
        <translation>它不是文件名</translation>
    </message>
    <message>
        <source>the name of a column, or its number from 0</source>
        <translation>列名，或从 0 起的列号</translation>
    </message>
    <message>
        <source>true, or the names of the classes</source>
        <translation>true，或各类别的名称</translation>
    </message>
    <message>
        <source>names of classes, each of them once</source>
        <translation>类别的名称，每个只出现一次</translation>
    </message>
    <message>
        <source>the process that read it has ended</source>
        <translation>读取它的进程已结束</translation>
    </message>
    <message>
        <source>a SHA-256 in 64 hexadecimal digits</source>
        <translation>64 位十六进制数字的 SHA-256</translation>
    </message>
    <message>
        <source>one number</source>
        <translation>一个数</translation>
    </message>
    <message>
        <source>its head is longer than the file</source>
        <translation>文件头比文件还长</translation>
    </message>
    <message>
        <source>it is no file that torch has written</source>
        <translation>它不是 torch 写出的文件</translation>
    </message>
    <message>
        <source>1 array</source>
        <translation>1 个数组</translation>
    </message>
    <message>
        <source>1 weight</source>
        <translation>1 个权重</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>1 column</source>
        <translation>1 列</translation>
    </message>
    <message>
        <source>1 value</source>
        <translation>1 个值</translation>
    </message>
    <message>
        <source>1 unit</source>
        <translation>1 个单元</translation>
    </message>
    <message>
        <source>Expecting value</source>
        <translation>此处应有一个值</translation>
    </message>
    <message>
        <source>Expecting &apos;,&apos; delimiter</source>
        <translation>此处应有逗号“,”</translation>
    </message>
    <message>
        <source>Expecting &apos;:&apos; delimiter</source>
        <translation>此处应有冒号“:”</translation>
    </message>
    <message>
        <source>Expecting property name enclosed in double quotes</source>
        <translation>此处应有用双引号括起的属性名</translation>
    </message>
    <message>
        <source>Illegal trailing comma before end of object</source>
        <translation>对象末尾有多余的逗号</translation>
    </message>
    <message>
        <source>Illegal trailing comma before end of array</source>
        <translation>数组末尾有多余的逗号</translation>
    </message>
    <message>
        <source>Extra data</source>
        <translation>末尾有多余的内容</translation>
    </message>
    <message>
        <source>Unterminated string starting at</source>
        <translation>字符串没有结束，始于</translation>
    </message>
    <message>
        <source>Invalid control character at</source>
        <translation>有不允许的控制字符</translation>
    </message>
    <message>
        <source>Unexpected UTF-8 BOM (decode using utf-8-sig)</source>
        <translation>开头有多余的 UTF-8 字节顺序标记</translation>
    </message>
    <message>
        <source>a list of {count} numbers</source>
        <translation>含 {count} 个数字的列表</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{count} columns</source>
        <translation>{count} 列</translation>
    </message>
    <message>
        <source>{count} values</source>
        <translation>{count} 个值</translation>
    </message>
    <message>
        <source>{count} arrays</source>
        <translation>{count} 个数组</translation>
    </message>
    <message>
        <source>{count} weights</source>
        <translation>{count} 个权重</translation>
    </message>
    <message>
        <source>{count} units</source>
        <translation>{count} 个单元</translation>
    </message>
    <message>
        <source> – did you mean {name}?</source>
        <translation>——是否想写 {name}？</translation>
    </message>
    <message>
        <source>{low} and {high}</source>
        <translation>{low} 且 {high}</translation>
    </message>
    <message>
        <source>{name} stands twice in an object</source>
        <translation>{name} 在同一对象中出现两次</translation>
    </message>
    <message>
        <source>{what}: line {line}, column {column}</source>
        <translation>{what}：第 {line} 行第 {column} 列</translation>
    </message>
    <message>
        <source>is empty: {expected} is needed here</source>
        <translation>为空：此处需要{expected}</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>is not a known field{nearest}</source>
        <translation>不是已知的字段{nearest}</translation>
    </message>
    <message>
        <source>must be {expected}, not {given}</source>
        <translation>必须是{expected}，而不是 {given}</translation>
    </message>
    <message>
        <source>must be a finite number, not {given}</source>
        <translation>必须是有限的数，而不是 {given}</translation>
    </message>
    <message>
        <source>must be {accepted}, not {given}</source>
        <translation>必须 {accepted}，而不是 {given}</translation>
    </message>
    <message>
        <source>is not one of {known}: {given}{nearest}</source>
        <translation>{given} 不在可选项 {known} 之中{nearest}</translation>
    </message>
    <message>
        <source>needs at least one entry</source>
        <translation>至少需要一项</translation>
    </message>
    <message>
        <source>is too long: {length} characters, at most {limit}</source>
        <translation>过长：有 {length} 个字符，最多 {limit} 个</translation>
    </message>
    <message>
        <source>has too many entries: {count}, at most {limit}</source>
        <translation>项数过多：有 {count} 项，最多 {limit} 项</translation>
    </message>
    <message>
        <source>may not hold “/”, “\” or control characters, nor begin with = + - @, nor be . or ..</source>
        <translation>不得含有“/”、“\”或控制字符，不得以 = + - @ 开头，也不得是 . 或 ..</translation>
    </message>
    <message>
        <source>is used by another optimizer already: {given}</source>
        <translation>已被另一个优化器使用：{given}</translation>
    </message>
    <message>
        <source>names a backend twice: {given}</source>
        <translation>同一后端写了两次：{given}</translation>
    </message>
    <message>
        <source>must be rows of numbers for the loss {loss}: class numbers are for cross_entropy</source>
        <translation>损失为 {loss} 时，必须是数字组成的行：类别编号只用于 cross_entropy</translation>
    </message>
    <message>
        <source>has {found} in row {row}, but row 1 has {expected}</source>
        <translation>第 {row} 行有 {found}，而第 1 行有 {expected} 个</translation>
    </message>
    <message>
        <source>has {found}, but x has {expected}</source>
        <translation>有 {found}，而 x 有 {expected} 行</translation>
    </message>
    <message>
        <source>has no place beside rows: test rows are a share drawn by a seed, or rows by their numbers</source>
        <translation>不能与 rows 同时填写：测试行要么是按种子抽取的一个比例，要么是按编号给出的行</translation>
    </message>
    <message>
        <source>leaves none of {rows} to test</source>
        <translation>使 {rows}中没有一行用于测试</translation>
    </message>
    <message>
        <source>leaves none of {rows} to train on</source>
        <translation>使 {rows}中没有一行用于训练</translation>
    </message>
    <message>
        <source>cannot be test, as the experiment keeps no rows for testing (data.test)</source>
        <translation>不能是 test：该实验没有留出测试行 (data.test)</translation>
    </message>
    <message>
        <source>names a row twice: {given}</source>
        <translation>重复指定了同一行：{given}</translation>
    </message>
    <message>
        <source>has {found}, but the last layer has {expected}</source>
        <translation>有 {found}，而最后一层有 {expected}</translation>
    </message>
    <message>
        <source>must be a list of class numbers, one a row, for the loss {loss}</source>
        <translation>损失为 {loss} 时，必须是类别编号的列表，每行一个</translation>
    </message>
    <message>
        <source>must be class numbers, one a row, for the loss {loss}, or rows of shares from 0 to 1, one a unit of the last layer</source>
        <translation>对于损失 {loss}，必须是每行一个类别编号，或者每行若干个 0 到 1 的占比，最后一层每个单元一个</translation>
    </message>
    <message>
        <source>has class {given} in row {row}, but the last layer has {classes}, for classes 0 to {last}</source>
        <translation>第 {row} 行的类别为 {given}，而最后一层有 {classes}，对应类别 0 到 {last}</translation>
    </message>
    <message>
        <source>must lie between 0 and 1 for the loss {loss}; row {row} has {given}</source>
        <translation>损失为 {loss} 时必须在 0 与 1 之间；第 {row} 行为 {given}</translation>
    </message>
    <message>
        <source>must give numbers between 0 and 1 for the loss {loss}, as sigmoid does; {activation} does not</source>
        <translation>对于损失 {loss}，必须像 sigmoid 那样给出 0 到 1 之间的数；{activation} 不是这样</translation>
    </message>
    <message>
        <source>is no weight of this network; it has {known}</source>
        <translation>不是此网络的权重；此网络有 {known}</translation>
    </message>
    <message>
        <source>has no place here, as the loss is of no layer: {given}</source>
        <translation>此处不能填写 {given}：损失不属于任何一层</translation>
    </message>
    <message>
        <source>has no place here, as a test function has no layers: {given}</source>
        <translation>此处不能填写 {given}：测试函数没有层</translation>
    </message>
    <message>
        <source>has no place in an experiment that trains on a test function (problem)</source>
        <translation>在以测试函数 (problem) 训练的实验中不能填写</translation>
    </message>
    <message>
        <source>has no place here, as only the quadratic has a condition number: {given}</source>
        <translation>此处不能填写 {given}：只有二次函数有条件数</translation>
    </message>
    <message>
        <source>has no place here, as not_finite compares with nothing: {given}</source>
        <translation>此处不能填写 {given}：not_finite 不与任何数比较</translation>
    </message>
    <message>
        <source>needs an optimizer that runs both as DIY and as torch; none does: {given}</source>
        <translation>需要同时以 DIY 和 torch 运行的优化器，但没有这样的优化器：{given}</translation>
    </message>
    <message>
        <source>has shape {found}, but {expected} is needed</source>
        <translation>形状为 {found}，而需要的是 {expected}</translation>
    </message>
    <message>
        <source>needs a momentum above 0 and a dampening of 0</source>
        <translation>要求动量大于 0 且阻尼为 0</translation>
    </message>
    <message>
        <source>cannot be {given}, which needs sparse gradients: not offered, as dense layers have none</source>
        <translation>不能是 {given}，它需要稀疏梯度：全连接层没有稀疏梯度，因此不提供</translation>
    </message>
    <message>
        <source>cannot be {name}, which takes matrices only, unlike {weights}: switch the biases off</source>
        <translation>不能是 {name}，它只接受矩阵，而 {weights} 不是矩阵：请关闭偏置</translation>
    </message>
    <message>
        <source>must be above 0 for a line search, which begins with it</source>
        <translation>使用线搜索时必须大于 0，因为线搜索从它开始</translation>
    </message>
    <message>
        <source>must be smaller beside this alpha: the learning rate&apos;s divisor would outgrow any number</source>
        <translation>与此 alpha 同用时必须更小：否则学习率的除数会超出任何数的范围</translation>
    </message>
    <message>
        <source>has no place here: {name} compares losses, and needs their gradient as it is</source>
        <translation>此处不能填写：{name} 要比较损失，需要未经改动的梯度</translation>
    </message>
    <message>
        <source>must name each value once, smaller ones first</source>
        <translation>每个值只能写一次，从小到大排列</translation>
    </message>
    <message>
        <source>needs --log, --grid or --values</source>
        <translation>需要 --log、--grid 或 --values</translation>
    </message>
    <message>
        <source>has --values, and --points says how many in a range</source>
        <translation>已有 --values，而 --points 指的是一个范围内取多少个值</translation>
    </message>
    <message>
        <source>is needed where the experiment has several: {known}</source>
        <translation>实验中有多个时必须指明：{known}</translation>
    </message>
    <message>
        <source>names a value twice: {given}</source>
        <translation>同一个值写了两次：{given}</translation>
    </message>
    <message>
        <source>is varied by the other axis already: {given}</source>
        <translation>已由另一条轴变动：{given}</translation>
    </message>
    <message>
        <source>is no number and cannot be varied: {given}; numbers are {known}</source>
        <translation>不是数值，不能变动：{given}；数值型的有 {known}</translation>
    </message>
    <message>
        <source>have no meaning for a test function, which begins at its own start</source>
        <translation>对测试函数没有意义，因为它从自己的起点开始</translation>
    </message>
    <message>
        <source>make too many configurations: {count}, at most {limit}</source>
        <translation>配置过多：有 {count} 个，最多 {limit} 个</translation>
    </message>
    <message>
        <source>needs a momentum or a first beta to move, but {name} has neither: it must be false</source>
        <translation>需要有动量或第一个 beta 可供改变，但 {name} 两者都没有：必须为 false</translation>
    </message>
    <message>
        <source>has no place here, as {name} has no parameters: {given}</source>
        <translation>不应出现在这里，因为 {name} 没有参数：{given}</translation>
    </message>
    <message>
        <source>must be further from 0: it is divided by</source>
        <translation>必须离 0 更远：它会作为除数</translation>
    </message>
    <message>
        <source>must not be above b</source>
        <translation>不得大于 b</translation>
    </message>
    <message>
        <source>must not be above max_momentum</source>
        <translation>不得大于 max_momentum</translation>
    </message>
    <message>
        <source>must be below 0, as the targets are shares of each class: torch ignores none of those</source>
        <translation>必须小于 0，因为目标是各类别所占的份额：torch 不会忽略其中任何一个</translation>
    </message>
    <message>
        <source>must be above min_val</source>
        <translation>必须大于 min_val</translation>
    </message>
    <message>
        <source>is {found}, {count} numbers, but a row of x has {columns}: {fitting} would fit</source>
        <translation>是 {found}，即 {count} 个数，但 x 的一行有 {columns} 个：{fitting} 合适</translation>
    </message>
    <message>
        <source>cannot be {kind} behind another layer: it takes the whole numbers of x, and so comes first</source>
        <translation>不能是其他层之后的 {kind}：它接收 x 的整数，因此须在最前</translation>
    </message>
    <message>
        <source>takes rows of {most} axes at the most, and is given {found}: {kind} needs a Flatten before it</source>
        <translation>最多接收 {most} 个轴的行，却得到 {found}：{kind} 之前需要一个 Flatten</translation>
    </message>
    <message>
        <source>makes {found} of a row, and y has {expected}: a Flatten before layer {layer} would fit</source>
        <translation>由一行得出 {found}，而 y 是 {expected}：在第 {layer} 层之前加一个 Flatten 即可</translation>
    </message>
    <message>
        <source>makes {found} of a row, and y has {expected}: a Flatten after it would fit</source>
        <translation>由一行得出 {found}，而 y 是 {expected}：在其后加一个 Flatten 即可</translation>
    </message>
    <message>
        <source>makes {found} of a row, and y has {expected}: add a Flatten, and behind it a dense layer of {units}</source>
        <translation>由一行得出 {found}，而 y 是 {expected}：请加一个 Flatten，并在其后加一个 {units} 个单元的全连接层</translation>
    </message>
    <message>
        <source>must be a whole number from 0 to {last} for {kind}; row {row}, column {column} has {given}</source>
        <translation>对 {kind} 必须是 0 到 {last} 的整数；第 {row} 行第 {column} 列是 {given}</translation>
    </message>
    <message>
        <source>must be the number of a vector: below num_embeddings and, counted from the end, at least -num_embeddings</source>
        <translation>必须是某个向量的编号：小于 num_embeddings；从末尾数起时不小于 -num_embeddings</translation>
    </message>
    <message>
        <source>have no weight to train: one of them needs to be dense, or to scale what it normalizes</source>
        <translation>没有可训练的权重：至少要有一层是全连接层，或对归一化的结果加以缩放</translation>
    </message>
    <message>
        <source>are nested too deeply: layers inside layers, at most {limit} deep</source>
        <translation>嵌套过深：层中之层最多 {limit} 级</translation>
    </message>
    <message>
        <source>has no place here: a residual adds, and has no activation and no numbers of its own; its layers have</source>
        <translation>不应出现在此处：残差只做相加，自身没有激活函数，也没有参数；这些属于其内部的层</translation>
    </message>
    <message>
        <source>makes rows of {found} where the residual adds its input, rows of {expected}: set the units of layer {layer} to {units}</source>
        <translation>得到每行 {found} 个数，而残差要加上每行 {expected} 个数的输入：请把第 {layer} 层的单元数设为 {units}</translation>
    </message>
    <message>
        <source>adds its input, rows of {expected}, to rows of {found}: its last layer must make {expected} of them again</source>
        <translation>要把每行 {expected} 的输入与每行 {found} 相加：其最后一层必须重新得到 {expected}</translation>
    </message>
    <message>
        <source>has no place here: own code cannot stand inside a residual yet</source>
        <translation>不应出现在此处：自己的代码还不能放在残差内部</translation>
    </message>
    <message>
        <source>has too few rows to train on: layer {layer}, {kind}, needs batches of {least} or more</source>
        <translation>可训练的行太少：第 {layer} 层 {kind} 要求每批至少 {least} 行</translation>
    </message>
    <message>
        <source>is too small: layer {layer}, {kind}, needs batches of {least} rows or more</source>
        <translation>太小：第 {layer} 层 {kind} 要求每批至少 {least} 行</translation>
    </message>
    <message>
        <source>leaves a last batch of {rest} of {rows} rows: layer {layer}, {kind}, needs {least} or more</source>
        <translation>使 {rows} 行的最后一批只剩 {rest} 行：第 {layer} 层 {kind} 要求至少 {least} 行</translation>
    </message>
    <message>
        <source>cannot train layer {layer}, {kind}: {name} evaluates the loss several times a step</source>
        <translation>不能训练第 {layer} 层 {kind}：{name} 每一步多次计算损失</translation>
    </message>
    <message>
        <source>is needed, or else both epochs and steps_per_epoch</source>
        <translation>必须填写，或者同时填写 epochs 和 steps_per_epoch</translation>
    </message>
    <message>
        <source>must be another share: with this one the rate would climb in no steps, and torch divide by 0</source>
        <translation>必须换一个比例：按此比例，学习率上升所用的步数为零，torch 会除以 0</translation>
    </message>
    <message>
        <source>cannot come before {name}, which looks at the loss: torch&apos;s SequentialLR refuses that</source>
        <translation>不能放在 {name} 之前，因为它要看损失：torch 的 SequentialLR 不允许这样</translation>
    </message>
    <message>
        <source>has no place here, as the weights are given: it draws them, and needs a seed</source>
        <translation>不适用于此，因为权重已经给定：它要抽取权重，需要种子</translation>
    </message>
    <message>
        <source>has no place here: {kind} has no weight to draw</source>
        <translation>不适用于此：{kind} 没有可抽取的权重</translation>
    </message>
    <message>
        <source>cannot be {name}, which needs rows and columns: this weight is a list of numbers</source>
        <translation>不能是 {name}，它需要行和列：这里的权重只是一列数</translation>
    </message>
    <message>
        <source>leaves next to nothing between a and b: torch would draw for ever</source>
        <translation>使 a 与 b 之间几乎没有可取的值：torch 会一直抽取下去</translation>
    </message>
    <message>
        <source>have no place here: own code moves all weights alike</source>
        <translation>不适用于此：自己的代码对所有权重一视同仁</translation>
    </message>
    <message>
        <source>have no place here: {name} moves all weights as one, and torch refuses groups for it</source>
        <translation>不适用于此：{name} 把所有权重作为整体更新，torch 不允许它使用参数组</translation>
    </message>
    <message>
        <source>cannot be {name}, which looks at the loss, among schedules that come one after another: torch&apos;s SequentialLR refuses that</source>
        <translation>在依次相接的调度中不能是 {name}，因为它要看损失：torch 的 SequentialLR 不允许这样</translation>
    </message>
    <message>
        <source>may come before the first schedule alone; a phase of its own is LinearLR</source>
        <translation>只能放在第一个调度之前；若要单独成为一段，请用 LinearLR</translation>
    </message>
    <message>
        <source>have no place here, as no other schedule comes after it</source>
        <translation>不适用于此，因为它之后没有别的调度</translation>
    </message>
    <message>
        <source>needs a norm or a value</source>
        <translation>需要范数或值</translation>
    </message>
    <message>
        <source>may have a norm or a value, not both</source>
        <translation>范数和值只能填写其一</translation>
    </message>
    <message>
        <source>would need about {needed} of memory; {available} are free</source>
        <translation>约需 {needed} 内存；可用的只有 {available}</translation>
    </message>
    <message>
        <source>is {given}: this version of Lockstep reads schema {known}</source>
        <translation>为 {given}：此版本的 Lockstep 读取的格式版本是 {known}</translation>
    </message>
    <message>
        <source>is not available on this machine: {given}; available: {known}</source>
        <translation>本机没有 {given}；可用的有：{known}</translation>
    </message>
    <message>
        <source>is no name of a file of code: letters, digits, spaces, “.”, “-” and “_”, and {known} at its end</source>
        <translation>不是代码文件的名字：可用字母、数字、空格、“.”、“-”和“_”，并以 {known} 之一结尾</translation>
    </message>
    <message>
        <source>needs a text or a path</source>
        <translation>需要 text 或 path</translation>
    </message>
    <message>
        <source>may have a text or a path, not both</source>
        <translation>text 和 path 只能有一个</translation>
    </message>
    <message>
        <source>names {file}, which is not in the experiment’s “code”; there is {known}</source>
        <translation>所指的 {file} 不在实验的 code 中；其中有 {known}</translation>
    </message>
    <message>
        <source>must hold diy: own code is what the DIY side runs</source>
        <translation>必须含有 diy：自己的代码由 DIY 一侧运行</translation>
    </message>
    <message>
        <source>may hold diy alone: without a name there is nothing of torch’s to run beside it</source>
        <translation>只能是 diy：没有名称，就没有 torch 的对应物可以并排运行</translation>
    </message>
    <message>
        <source>may be null only where own code stands in its place (code)</source>
        <translation>只有在由自己的代码（code）代替时才可以是 null</translation>
    </message>
    <message>
        <source>has no place here: {name} evaluates the loss several times a step, which own code cannot</source>
        <translation>不能用在这里：{name} 每一步要多次计算损失，自己的代码做不到</translation>
    </message>
    <message>
        <source>must be false: a schedule moves the rate of own code, and nothing else</source>
        <translation>必须是 false：调度只改变自己代码的学习率，不改变其他</translation>
    </message>
    <message>
        <source>cannot be {given} in own code, which has {own} there{line}</source>
        <translation>在自己的代码中不能是 {given}：代码里是 {own}{line}</translation>
    </message>
    <message>
        <source>is no hyperparameter of this code; it has {known}</source>
        <translation>不是这段代码的超参数；它有 {known}</translation>
    </message>
    <message>
        <source>has no place here: the rate of this code cannot be changed from outside</source>
        <translation>不能用在这里：这段代码的学习率无法从外部改变</translation>
    </message>
    <message>
        <source>does not reach this code, which has a number of its own there, or nothing</source>
        <translation>到不了这段代码：代码里那里是它自己的数，或者什么也没有</translation>
    </message>
    <message>
        <source>has no place here: it stands in torch’s place beside own code whose name is null</source>
        <translation>不能用在这里：只有 name 为 null 的自己的代码旁，才能由它代替 torch 的一侧</translation>
    </message>
    <message>
        <source>cannot be used: {detail}</source>
        <translation>无法使用：{detail}</translation>
    </message>
    <message>
        <source>holds code ({known}) that was not run: read it, and say --trust to have it run</source>
        <translation>含有代码（{known}），没有运行：请先阅读，再用 --trust 运行</translation>
    </message>
    <message>
        <source>holds code that was not agreed to be run</source>
        <translation>含有未经同意运行的代码</translation>
    </message>
    <message>
        <source>holds code that was not agreed to be run yet: it came in a file</source>
        <translation>含有尚未同意运行的代码：它来自一个文件</translation>
    </message>
    <message>
        <source>cannot take the place of the code before on the way ({detail}); Reset begins with it</source>
        <translation>无法在中途替换先前的代码（{detail}）；重置后从它开始</translation>
    </message>
    <message>
        <source>is called in another form than before, and what was remembered does not fit: go on in the same form, or Reset to begin with it</source>
        <translation>的调用形式与先前不同，已记住的内容不适用：请保持同样的形式，或重置后从它开始</translation>
    </message>
    <message>
        <source>keeps other things than the code before, and what was remembered does not fit: keep the same, or Reset to begin with it</source>
        <translation>保存的内容与先前的代码不同，已记住的内容不适用：请保存同样的内容，或重置后从它开始</translation>
    </message>
    <message>
        <source>has no “{name}” any more, in which the code before remembered something: keep the name, or Reset to begin with it</source>
        <translation>中不再有“{name}”，而先前的代码在其中记住了内容：请保留此名称，或重置后从它开始</translation>
    </message>
    <message>
        <source>has “{name}” in the shape {own}, and what was remembered is shaped {before}: keep the shape, or Reset to begin with it</source>
        <translation>中“{name}”的形状是 {own}，而已记住的内容的形状是 {before}：请保持形状，或重置后从它开始</translation>
    </message>
    <message>
        <source>has other numbers, which torch’s side would take too, and only from the start: Reset begins with it</source>
        <translation>中的数有所不同，torch 一侧也须采用，而这只能从头开始：重置后从它开始</translation>
    </message>
    <message>
        <source>has no run at hand</source>
        <translation>当前没有运行</translation>
    </message>
    <message>
        <source>is not valid JSON: {detail}</source>
        <translation>不是有效的 JSON：{detail}</translation>
    </message>
    <message>
        <source>is not a UTF-8 text file</source>
        <translation>不是 UTF-8 文本文件</translation>
    </message>
    <message>
        <source>runs code of a person&apos;s own that comes to other losses in a script</source>
        <translation>运行的是自己的代码，它在脚本中得到的损失不同</translation>
    </message>
    <message>
        <source>was given other code during the run, which no script repeats</source>
        <translation>在运行中换过代码，脚本无法重复这一点</translation>
    </message>
    <message>
        <source>is nothing that torch has: there is no script of {name}</source>
        <translation>torch 中没有：{name} 没有脚本</translation>
    </message>
    <message>
        <source>is too large a file for an experiment: at most {limit}. Keep many numbers in a file of their own, CSV, .npy or .npz, and name it: &quot;data&quot;: {{&quot;file&quot;: &quot;digits.csv&quot;, &quot;x&quot;: [&quot;width&quot;], &quot;y&quot;: [&quot;kind&quot;]}}</source>
        <translation>作为实验文件太大：最多 {limit}。请把大量数字放在单独的 CSV、.npy 或 .npz 文件中，再写上文件名：&quot;data&quot;: {{&quot;file&quot;: &quot;digits.csv&quot;, &quot;x&quot;: [&quot;width&quot;], &quot;y&quot;: [&quot;kind&quot;]}}</translation>
    </message>
    <message>
        <source>runs code of a person&apos;s own in a form that no script calls; torch&apos;s side can be written</source>
        <translation>运行的是自己的代码，其写法没有脚本能够调用；torch 一侧可以写出</translation>
    </message>
    <message>
        <source>has the log of another program in DIY’s place: there is no script of that</source>
        <translation>的 DIY 位置上是另一个程序的日志：日志没有脚本</translation>
    </message>
    <message>
        <source>takes too much room as a text: {count} numbers, at most {limit}</source>
        <translation>写成文本太大：{count} 个数，最多 {limit} 个</translation>
    </message>
    <message>
        <source>has no place here: it belongs to {kinds}</source>
        <translation>不能用在这里：它属于 {kinds}</translation>
    </message>
    <message>
        <source>must be main: a test function has a plane of its own</source>
        <translation>必须是 main：测试函数有自己的平面</translation>
    </message>
    <message>
        <source>is no weight: {given}; one is {like}, say</source>
        <translation>不是权重：{given}；例如 {like}</translation>
    </message>
    <message>
        <source>is beyond its tensor: {given}, of {shape}</source>
        <translation>超出了张量的范围：{given}，形状为 {shape}</translation>
    </message>
    <message>
        <source>is still to be read</source>
        <translation>尚未读取</translation>
    </message>
    <message>
        <source>holds no rows</source>
        <translation>没有行</translation>
    </message>
    <message>
        <source>holds a header and no rows</source>
        <translation>只有表头，没有行</translation>
    </message>
    <message>
        <source>is too large a file of data: at most {limit}</source>
        <translation>作为数据文件太大：最多 {limit}</translation>
    </message>
    <message>
        <source>is no text in {encoding}: line {line} has other bytes. Save it as UTF-8, or name its encoding (data.encoding)</source>
        <translation>不是 {encoding} 编码的文本：第 {line} 行有别的字节。请存为 UTF-8，或写明编码 (data.encoding)</translation>
    </message>
    <message>
        <source>is no text: line {line} has bytes that are no characters</source>
        <translation>不是文本：第 {line} 行有不是字符的字节</translation>
    </message>
    <message>
        <source>has a line that is too long to be a row: line {line}</source>
        <translation>有一行太长：第 {line} 行</translation>
    </message>
    <message>
        <source>cannot be split into cells in line {line}: {detail}</source>
        <translation>第 {line} 行无法分成单元格：{detail}</translation>
    </message>
    <message>
        <source>has {found} cells in line {line}, and {expected} in the first: is the separator another one?</source>
        <translation>第 {line} 行有 {found} 个单元格，首行有 {expected} 个：分隔符是否不同？</translation>
    </message>
    <message>
        <source>has {given} in line {line}, column {column}, where a number with the decimal mark “{decimal}” is needed</source>
        <translation>第 {line} 行 {column} 列是 {given}，此处需要以“{decimal}”为小数点的数字</translation>
    </message>
    <message>
        <source>has {given} in line {line}, column {column}, where a number with the decimal mark “{decimal}” is needed; where these are names of classes say so (data.classes)</source>
        <translation>第 {line} 行 {column} 列是 {given}，此处需要以“{decimal}”为小数点的数字；若是类别名，请写明 (data.classes)</translation>
    </message>
    <message>
        <source>has an empty cell in line {line}, column {column}, where a number is needed</source>
        <translation>第 {line} 行 {column} 列是空的，此处需要数字</translation>
    </message>
    <message>
        <source>has {given} in line {line}, column {column}, where a finite number is needed</source>
        <translation>第 {line} 行 {column} 列是 {given}，此处需要有限的数字</translation>
    </message>
    <message>
        <source>has {given} in row {line}, column {column}, where a finite number is needed</source>
        <translation>第 {line} 行 {column} 列是 {given}，此处需要有限的数字</translation>
    </message>
    <message>
        <source>has an empty cell in line {line}, column {column}, where the name of a class is needed</source>
        <translation>第 {line} 行 {column} 列是空的，此处需要类别名</translation>
    </message>
    <message>
        <source>has a name in line {line} that is too long for a class: at most {limit} characters</source>
        <translation>第 {line} 行的名称作为类别名太长：最多 {limit} 个字符</translation>
    </message>
    <message>
        <source>has {given} in line {line}, which is none of the classes {known}{nearest}</source>
        <translation>第 {line} 行是 {given}，不在类别 {known} 之中{nearest}</translation>
    </message>
    <message>
        <source>has {count} different names, {given} and others: are these classes?</source>
        <translation>有 {count} 个不同的名称，{given} 等：它们是类别吗？</translation>
    </message>
    <message>
        <source>are names in one column, but y has {count}</source>
        <translation>是一列中的名称，而 y 有 {count} 列</translation>
    </message>
    <message>
        <source>is no column of the file: {given}; there is {known}{nearest}</source>
        <translation>不是文件中的列：{given}；有 {known}{nearest}</translation>
    </message>
    <message>
        <source>is no column of the file: {given}; it has {count}, numbered from 0</source>
        <translation>不是文件中的列：{given}；共有 {count} 列，从 0 起编号</translation>
    </message>
    <message>
        <source>is the name of several columns: {given}; a number from 0 says which</source>
        <translation>是好几列的名称：{given}；用从 0 起的列号指明</translation>
    </message>
    <message>
        <source>is chosen already: {given}</source>
        <translation>已经选过：{given}</translation>
    </message>
    <message>
        <source>is a name, and the file has no header: {given}; its columns are numbered from 0 to {last}</source>
        <translation>是名称，而文件没有表头：{given}；各列从 0 到 {last} 编号</translation>
    </message>
    <message>
        <source>takes all columns: none is left for x</source>
        <translation>占了所有的列：没有留给 x 的</translation>
    </message>
    <message>
        <source>is no array of the file: {given}; there is {known}{nearest}</source>
        <translation>不是文件中的数组：{given}；有 {known}{nearest}</translation>
    </message>
    <message>
        <source>is an array without rows of numbers: {given}, of shape {found}</source>
        <translation>是没有数字行的数组：{given}，形状为 {found}</translation>
    </message>
    <message>
        <source>holds objects of Python, which would run code to be read, and is not read: save numbers</source>
        <translation>含有 Python 对象，读取时会运行代码，因此不读取：请存为数字</translation>
    </message>
    <message>
        <source>holds no numbers, but {dtype}</source>
        <translation>含的不是数字，而是 {dtype}</translation>
    </message>
    <message>
        <source>is no whole file of its kind: {detail}</source>
        <translation>不是完整的此类文件：{detail}</translation>
    </message>
    <message>
        <source>is cut off: {needed} bytes are needed, and it has {found}</source>
        <translation>被截断：需要 {needed} 字节，只有 {found}</translation>
    </message>
    <message>
        <source>is not possible: mean or deviation of a column is beyond any number</source>
        <translation>无法进行：某列的均值或标准差超出数字范围</translation>
    </message>
    <message>
        <source>cannot be laid down for both processes: {detail}</source>
        <translation>无法存放给两个进程使用：{detail}</translation>
    </message>
    <message>
        <source>was changed while it was read</source>
        <translation>在读取时被更改</translation>
    </message>
    <message>
        <source>is no file of numbers that is known: .npz, .safetensors, or a state_dict of torch’s</source>
        <translation>不是已知的数值文件：.npz、.safetensors 或 torch 的 state_dict</translation>
    </message>
    <message>
        <source>holds one array without a name; put arrays with names into an .npz</source>
        <translation>只有一个没有名称的数组；请把带名称的数组存入 .npz</translation>
    </message>
    <message>
        <source>is damaged, or no whole file: {detail}</source>
        <translation>已损坏或不完整：{detail}</translation>
    </message>
    <message>
        <source>holds no array</source>
        <translation>不含任何数组</translation>
    </message>
    <message>
        <source>holds {given}, and no state_dict: torch.save(model.state_dict(), …) writes one</source>
        <translation>含有的是 {given}，而不是 state_dict：torch.save(model.state_dict(), …) 可写出一个</translation>
    </message>
    <message>
        <source>holds more than numbers, and to load that could run code in it, so it is not loaded: torch.save(model.state_dict(), …) writes numbers alone</source>
        <translation>含有数值以外的内容，载入它可能会运行其中的代码，因此没有载入：torch.save(model.state_dict(), …) 只写数值</translation>
    </message>
    <message>
        <source>holds {name}, which is Python objects and no numbers; they are not loaded</source>
        <translation>其中的 {name} 是 Python 对象而不是数值；不会载入</translation>
    </message>
    <message>
        <source>holds {name}, whose numbers are {given}, a type that has no place here</source>
        <translation>其中 {name} 的数值类型是 {given}，不适用于此</translation>
    </message>
    <message>
        <source>is too large: at most {limit}</source>
        <translation>太大：最多 {limit}</translation>
    </message>
    <message>
        <source>holds {name}, in which {index} is {given}</source>
        <translation>其中 {name} 的 {index} 处是 {given}</translation>
    </message>
    <message>
        <source>holds the weights of several lanes: “lane” says which; there is {known}</source>
        <translation>含有多个通道的权重：请用“lane”指明哪一个；现有 {known}</translation>
    </message>
    <message>
        <source>is no lane in the file; there is {known}</source>
        <translation>不是文件中的通道；现有 {known}</translation>
    </message>
    <message>
        <source>holds none of the names that are looked for ({known}), but {found}; “by”: “order” takes arrays in the order of the file</source>
        <translation>不含所找的名称（{known}），而含有 {found}；“by”: “order” 会按文件中的顺序取数组</translation>
    </message>
    <message>
        <source>holds nothing for {known}; it has {found}</source>
        <translation>没有与 {known} 对应的内容；其中有 {found}</translation>
    </message>
    <message>
        <source>holds {found}, for which this network has no place; it has {known}</source>
        <translation>含有 {found}，此网络没有它们的位置；网络有 {known}</translation>
    </message>
    <message>
        <source>holds {found}, but this network has {expected}</source>
        <translation>含有{found}，但此网络有{expected}</translation>
    </message>
    <message>
        <source>holds {name} as {found}, but {weight} is {expected}</source>
        <translation>其中 {name} 的形状是 {found}，但 {weight} 的形状是 {expected}</translation>
    </message>
    <message>
        <source>holds {name} as {found}, but {weight} is {expected}: the transpose of it (torch has outputs × inputs, Keras and JAX inputs × outputs)</source>
        <translation>其中 {name} 的形状是 {found}，但 {weight} 的形状是 {expected}：正好是转置（torch 为输出 × 输入，Keras 和 JAX 为输入 × 输出）</translation>
    </message>
    <message>
        <source>has no row of a step</source>
        <translation>没有任何一步的行</translation>
    </message>
    <message>
        <source>is no table of numbers: {detail}</source>
        <translation>不是数值表：{detail}</translation>
    </message>
    <message>
        <source>has {found} cells in line {line}, but {expected} in the first</source>
        <translation>第 {line} 行有 {found} 个单元格，而第一行有 {expected} 个</translation>
    </message>
    <message>
        <source>has {given} in line {line}, column {name}, which is no number</source>
        <translation>第 {line} 行 {name} 列中的 {given} 不是数</translation>
    </message>
    <message>
        <source>has the column {name} twice</source>
        <translation>列 {name} 出现了两次</translation>
    </message>
    <message>
        <source>has columns of some numbers of {name}, and not of all</source>
        <translation>只有 {name} 中一部分数的列，并不完整</translation>
    </message>
    <message>
        <source>holds {found}, which nothing in a step is called; there is {known}</source>
        <translation>含有 {found}，一步之中没有这样的名称；现有 {known}</translation>
    </message>
    <message>
        <source>holds nothing of a step; there is {known}</source>
        <translation>不含一步之中的任何值；可用的有 {known}</translation>
    </message>
    <message>
        <source>must have steps from 1, or from 0 where a first row has the start, not from {given}</source>
        <translation>步数必须从 1 开始，若第一行是起点则从 0 开始，而不是从 {given} 开始</translation>
    </message>
    <message>
        <source>has step {given} where {expected} must be: no step may be missing</source>
        <translation>应为第 {expected} 步处却是第 {given} 步：不能缺少任何一步</translation>
    </message>
    <message>
        <source>has {found} rows of {name}, but {expected} steps</source>
        <translation>{name} 有 {found} 行，但共有 {expected} 步</translation>
    </message>
    <message>
        <source>starts at other weights than the experiment: {name}{index} is {given}, not {expected}; “start” may name a file</source>
        <translation>起始权重与实验不同：{name}{index} 是 {given} 而不是 {expected}；“start”可以指定一个文件</translation>
    </message>
    <message>
        <source>has weights from before each step’s update, as those of step 1 are the start: log them after the optimizer’s step</source>
        <translation>记录的是每步更新之前的权重，因为第 1 步的权重就是起点：请在优化器更新之后记录</translation>
    </message>
    <message>
        <source>must be at most {steps}, where the log {file} ends</source>
        <translation>最多为 {steps}，日志 {file} 到此为止</translation>
    </message>
    <message>
        <source>must say which entry it is of, as LABEL=FILE; there is {known}</source>
        <translation>必须以 LABEL=FILE 的形式指明属于哪个条目；现有 {known}</translation>
    </message>
    <message>
        <source>has no place beside code: either may stand in DIY’s place</source>
        <translation>不能与代码并存：只能由其中之一代替 DIY</translation>
    </message>
    <message>
        <source>must hold diy: the log stands in DIY’s place</source>
        <translation>必须含有 diy：日志代替 DIY</translation>
    </message>
    <message>
        <source>has no place here: {name} evaluates the loss several times a step, which no log tells</source>
        <translation>不适用于此：{name} 每步多次计算损失，日志无法说明</translation>
    </message>
    <message>
        <source>have no place here: a log is judged by one rule for all weights</source>
        <translation>不适用于此：日志对所有权重按同一规则判定</translation>
    </message>
    <message>
        <source>has no place here: without a name there is nothing of torch’s to judge it by</source>
        <translation>不适用于此：没有名称就没有可供判定的 torch 优化器</translation>
    </message>
    <message>
        <source>is not the file that was chosen: it has been changed since</source>
        <translation>不是当初选定的文件：此后已被更改</translation>
    </message>
    <message>
        <source>cannot be written to: {detail}</source>
        <translation>无法写入：{detail}</translation>
    </message>
    <message>
        <source>is damaged, or no session of Lockstep’s: nothing of it was taken</source>
        <translation>已损坏，或不是 Lockstep 的会话：没有采用其中任何内容</translation>
    </message>
    <message>
        <source>was saved by a newer version of Lockstep: this one reads sessions of schema {known}, not {given}</source>
        <translation>由更新版本的 Lockstep 保存：此版本读取格式 {known} 的会话，而非 {given}</translation>
    </message>
    <message>
        <source>is gone, or has another name</source>
        <translation>已不存在，或已改名</translation>
    </message>
    <message>
        <source>is a page without numbers that could be read, no report of Lockstep’s, or one of an older version: choose the session, or a file of the folder that was written with the run</source>
        <translation>这个网页里没有可读的数值，不是 Lockstep 的报告，或出自较早的版本：请选择会话，或随运行写出的文件夹中的文件</translation>
    </message>
    <message>
        <source>was written by a newer version of Lockstep: this one reads reports of schema {known}, not {given}</source>
        <translation>由更新版本的 Lockstep 写出：此版本能读格式 {known} 的报告，读不了 {given}</translation>
    </message>
    <message>
        <source>is too large for a report: at most {limit}</source>
        <translation>作为报告太大：最多 {limit}</translation>
    </message>
    <message>
        <source>holds no run that could be taken up</source>
        <translation>其中没有可以接续的运行</translation>
    </message>
    <message>
        <source>cannot be read: {detail}</source>
        <translation>无法读取：{detail}</translation>
    </message>
</context>
<context>
    <name>glossary</name>
    <message>
        <source>parity</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>Whether the hand-written numbers and torch&apos;s agree, at every stage of a step.</source>
        <translation>手写的数与 torch 的数在一步的每个阶段是否一致。</translation>
    </message>
    <message>
        <source>Each difference is judged: it is rounding, or it is none.</source>
        <translation>每个差异都会被判定：是舍入，还是不是。</translation>
    </message>
    <message>
        <source>lane</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>One training of the network: by hand-written NumPy (DIY), or by torch.</source>
        <translation>网络的一次训练：由手写的 NumPy（DIY）或由 torch 进行。</translation>
    </message>
    <message>
        <source>Each optimizer has one or both, from the same weights and the same batches.</source>
        <translation>每个优化器有其中之一或两者都有，从相同的权重和相同的批次开始。</translation>
    </message>
    <message>
        <source>pair</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>DIY and torch with the same optimizer, side by side, number for number.</source>
        <translation>DIY 与 torch 用同一个优化器，并排逐数进行比较。</translation>
    </message>
    <message>
        <source>ULP</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>The step from one floating-point number to the next.</source>
        <translation>从一个浮点数到下一个浮点数的一步。</translation>
    </message>
    <message>
        <source>“3 ULPs apart” means that two numbers lie between them. Near 0 the steps are tiny, so that many of them can still be next to nothing.</source>
        <translation>“相差 3 个 ULP”表示两者之间还有两个数。在 0 附近每一步极小，所以很多步也可能几乎为零。</translation>
    </message>
    <message>
        <source>rounding</source>
        <translation>舍入</translation>
    </message>
    <message>
        <source>What is lost where a result has more digits than a floating-point number holds.</source>
        <translation>结果的位数多于浮点数能容纳的位数时所丢失的部分。</translation>
    </message>
    <message>
        <source>Two right programs that add in another order differ by it, and by no more.</source>
        <translation>两个正确的程序以不同的顺序相加时，相差的就是它，不会更多。</translation>
    </message>
    <message>
        <source>drift</source>
        <translation>漂移</translation>
    </message>
    <message>
        <source>Rounding that adds up over the steps, though each of them agrees.</source>
        <translation>舍入随步数累积，而每一步都是一致的。</translation>
    </message>
    <message>
        <source>It is no mistake: both trainings are right, and slowly go ways of their own.</source>
        <translation>这不是错误：两次训练都是对的，只是慢慢各走各的路。</translation>
    </message>
    <message>
        <source>in lockstep</source>
        <translation>步调一致</translation>
    </message>
    <message>
        <source>Every number of every step so far agrees with torch&apos;s but for rounding.</source>
        <translation>到目前为止每一步的每个数都与 torch 的一致，只差舍入。</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>A number is further from torch&apos;s than rounding can explain: there is a mistake.</source>
        <translation>某个数与 torch 的相差之大无法用舍入解释：其中有错误。</translation>
    </message>
    <message>
        <source>unstable</source>
        <translation>数值不稳定</translation>
    </message>
    <message>
        <source>The formula is right, but written so that digits are lost that torch keeps.</source>
        <translation>公式是对的，但其写法丢失了 torch 所保留的位数。</translation>
    </message>
    <message>
        <source>As exp(x) / (1 + exp(x)), which overflows where 1 / (1 + exp(−x)) does not.</source>
        <translation>例如 exp(x) / (1 + exp(x)) 会溢出，而 1 / (1 + exp(−x)) 不会。</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>不是有限数</translation>
    </message>
    <message>
        <source>Infinity, or NaN (“not a number”): nothing sensible can come after it.</source>
        <translation>无穷大，或 NaN（“不是数”）：之后不会再有合理的结果。</translation>
    </message>
    <message>
        <source>Often the learning rate is too large.</source>
        <translation>常常是因为学习率太大。</translation>
    </message>
    <message>
        <source>affine</source>
        <translation>仿射</translation>
    </message>
    <message>
        <source>A layer&apos;s first part: each unit&apos;s inputs times its weights, summed, plus its bias.</source>
        <translation>一层的第一部分：每个单元的输入乘以其权重，求和，再加上偏置。</translation>
    </message>
    <message>
        <source>z = x · Wᵀ + b. The activation comes after it.</source>
        <translation>z = x · Wᵀ + b。之后是激活函数。</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>The function that a unit&apos;s sum goes through, and which makes it more than a line.</source>
        <translation>单元的和所经过的函数，它使单元不只是一条直线。</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>sigmoid（S 形函数）</translation>
    </message>
    <message>
        <source>An activation that makes any number one between 0 and 1.</source>
        <translation>把任意数变为 0 与 1 之间的数的激活函数。</translation>
    </message>
    <message>
        <source>As an output&apos;s it can never reach a target of 3.</source>
        <translation>作为输出的激活函数，它永远达不到目标 3。</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>饱和</translation>
    </message>
    <message>
        <source>A unit far out where its activation is flat: its gradient is almost 0.</source>
        <translation>单元处于激活函数平坦的远端：其梯度几乎为 0。</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>A number by which a unit multiplies one of its inputs. Training changes it.</source>
        <translation>单元用来乘以它的一个输入的数。训练会改变它。</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>A number that a unit adds to its weighted inputs. Training changes it, too.</source>
        <translation>单元加到加权输入上的数。训练也会改变它。</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Numbers in rows and columns, or in more directions than two, with one name.</source>
        <translation>排成行和列、或多于两个方向的一组数，共用一个名字。</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>How far the network&apos;s answers are from the targets, as one number to be made small.</source>
        <translation>网络的回答与目标相差多远，用一个要变小的数表示。</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>How fast the loss rises when a weight does: training goes the other way.</source>
        <translation>权重增大时损失上升得多快：训练朝相反的方向走。</translation>
    </message>
    <message>
        <source>∂L/∂w for each weight w. 0 means that the weight makes no difference just here.</source>
        <translation>即每个权重 w 的 ∂L/∂w。0 表示该权重此刻没有影响。</translation>
    </message>
    <message>
        <source>chain rule</source>
        <translation>链式法则</translation>
    </message>
    <message>
        <source>Where one change causes the next, their rates are multiplied.</source>
        <translation>一个变化引起下一个变化时，它们的变化率相乘。</translation>
    </message>
    <message>
        <source>So a weight&apos;s gradient is a product: loss by output, output by sum, sum by weight.</source>
        <translation>因此权重的梯度是一个乘积：损失对输出、输出对和、和对权重。</translation>
    </message>
    <message>
        <source>backpropagation</source>
        <translation>反向传播</translation>
    </message>
    <message>
        <source>The chain rule from the loss backwards, layer by layer, for all weights at once.</source>
        <translation>从损失开始逐层向后、一次对所有权重应用链式法则。</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>One round of training: a batch forwards, gradients backwards, weights updated.</source>
        <translation>训练的一轮：一个批次向前，梯度向后，更新权重。</translation>
    </message>
    <message>
        <source>stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>A part of a step that is compared by itself: a layer&apos;s affine map, the loss, …</source>
        <translation>一步中单独比较的一部分：某层的仿射映射、损失等…</translation>
    </message>
    <message>
        <source>trace</source>
        <translation>轨迹记录</translation>
    </message>
    <message>
        <source>A step recorded line by line, with every value, to be followed in both directions.</source>
        <translation>逐行记录的一步，包含每个值，可以向前也可以向后跟踪。</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>The rows of the data that one step learns from: all of them, or some.</source>
        <translation>一步所学习的数据行：全部或一部分。</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>As many steps as it takes until every row was in a batch.</source>
        <translation>直到每一行都进过一个批次所需的步数。</translation>
    </message>
    <message>
        <source>test rows</source>
        <translation>测试行</translation>
    </message>
    <message>
        <source>Rows that nothing is learned from, to see how well the rest was learned.</source>
        <translation>不用于学习的行，用来看其余的学得怎么样。</translation>
    </message>
    <message>
        <source>If their loss rises while that of the others falls, the network learns by heart.</source>
        <translation>如果它们的损失上升而其他行的损失下降，网络就是在死记硬背。</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>The rule by which a step changes the weights, given their gradients.</source>
        <translation>一步根据梯度改变权重所依据的规则。</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far a step goes along the gradient.</source>
        <translation>一步沿梯度走多远。</translation>
    </message>
    <message>
        <source>Too small, and training is slow; too large, and it jumps over the valley and away.</source>
        <translation>太小，训练就慢；太大，就会跳过山谷而远去。</translation>
    </message>
    <message>
        <source>effective step size</source>
        <translation>有效步长</translation>
    </message>
    <message>
        <source>What an update took from a weight, divided by its gradient.</source>
        <translation>一次更新从权重中减去的量除以其梯度。</translation>
    </message>
    <message>
        <source>With plain SGD it is the learning rate; Adam gives each weight its own.</source>
        <translation>对普通的 SGD 来说就是学习率；Adam 则给每个权重各自的步长。</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>A plan by which the learning rate changes from step to step.</source>
        <translation>学习率逐步变化所依据的计划。</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>A share of the step before that goes on: it rolls through flat places and dents.</source>
        <translation>延续上一步的一部分：能滚过平坦处和小坑。</translation>
    </message>
    <message>
        <source>optimizer state</source>
        <translation>优化器状态</translation>
    </message>
    <message>
        <source>What an optimizer remembers of earlier gradients, as momentum or their squares.</source>
        <translation>优化器对先前梯度所记住的东西，例如动量或梯度的平方。</translation>
    </message>
    <message>
        <source>clipping</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Gradients that are too large are cut, so that one step cannot ruin everything.</source>
        <translation>截短过大的梯度，使一步不至于毁掉一切。</translation>
    </message>
    <message>
        <source>branch, fork</source>
        <translation>分支、分叉</translation>
    </message>
    <message>
        <source>Where something is changed at an earlier step the run forks; the old future stays.</source>
        <translation>在较早的一步作出改动时运行会分叉；旧的未来保留下来。</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>A step kept whole, from which others nearby are computed again, bit for bit.</source>
        <translation>完整保存的一步，由此可逐位重新计算附近的步。</translation>
    </message>
    <message>
        <source>breakpoint</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>A line, a stage or a condition at which a run stops by itself.</source>
        <translation>运行会自行停下的一行、一个阶段或一个条件。</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>How many digits a number holds: about 7 in float32, 16 in float64.</source>
        <translation>一个数能容纳多少位：float32 约 7 位，float64 约 16 位。</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The number that chance begins from: the same seed gives the same weights and batches.</source>
        <translation>随机性的起始数：相同的种子给出相同的权重和批次。</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>离散程度</translation>
    </message>
    <message>
        <source>How far results from several seeds lie apart: less than that tells nothing.</source>
        <translation>不同种子的结果相差多远：小于它的差别说明不了什么。</translation>
    </message>
    <message>
        <source>sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Training with many values of a hyperparameter, to see which is best.</source>
        <translation>用一个超参数的许多取值训练，看哪个最好。</translation>
    </message>
    <message>
        <source>Shift+F1 leads to the glossary.</source>
        <translation>按 Shift+F1 查看术语表。</translation>
    </message>
</context>
<context>
    <name>guide</name>
    <message>
        <source>Run slowly</source>
        <translation>慢速运行</translation>
    </message>
    <message>
        <source>The plot shows the loss of each step.</source>
        <translation>图中画出每一步的损失。</translation>
    </message>
    <message>
        <source>Set the speed to 10 steps a second, at which you can watch them.</source>
        <translation>把速度设为每秒 10 步，这样每一步都看得清。</translation>
    </message>
    <message>
        <source>Press Space: the network trains, slowly enough to watch each step.</source>
        <translation>按空格键：网络开始训练，慢到每一步都看得清。</translation>
    </message>
    <message>
        <source>The loss fell quickly from 11.6, and now it hardly moves. Why does it stop?</source>
        <translation>损失从 11.6 很快下降，现在几乎不动了。它为什么停住？</translation>
    </message>
    <message>
        <source>See it stall</source>
        <translation>看它停滞</translation>
    </message>
    <message>
        <source>Go back to the plot of the run: Ctrl+1.</source>
        <translation>回到运行的曲线图：Ctrl+1。</translation>
    </message>
    <message>
        <source>The line below the plot says: the loss cannot fall below 7.5. Click its Why?</source>
        <translation>图下方的一行说：损失不可能低于 7.5。请点击其中的“为什么？”</translation>
    </message>
    <message>
        <source>In a moment a line below the plot says what holds the loss up.</source>
        <translation>图下方很快会有一行说明是什么挡住了损失。</translation>
    </message>
    <message>
        <source>Let it run on (Space): a line below the plot will say what holds the loss up.</source>
        <translation>让它继续运行（空格键）：图下方会有一行说明是什么挡住了损失。</translation>
    </message>
    <message>
        <source>A sigmoid only gives 0 to 1; the targets are 3, 2, 4, 5. At best every output is 1: (2² + 1² + 3² + 4²) / 4 = 7.5.</source>
        <translation>sigmoid 只给出 0 到 1；目标值是 3、2、4、5。最好时每个输出都是 1：(2² + 1² + 3² + 4²) / 4 = 7.5。</translation>
    </message>
    <message>
        <source>Step into the next step</source>
        <translation>进入下一步</translation>
    </message>
    <message>
        <source>What does a single step compute? Press F11 to go into the next one.</source>
        <translation>一步里究竟算了什么？按 F11 进入下一步。</translation>
    </message>
    <message>
        <source>One moment: the step is being recorded.</source>
        <translation>请稍候：正在记录这一步。</translation>
    </message>
    <message>
        <source>The boxes are the stages of this step. F6 goes from one to the next.</source>
        <translation>这些方框是这一步的各个阶段。按 F6 从一个阶段到下一个阶段。</translation>
    </message>
    <message>
        <source>Forwards to the loss, backwards to the gradients, then the update. The source is what ran, with its values.</source>
        <translation>先向前算到损失，再向后算到梯度，然后更新。源代码就是所运行的代码，旁边是它的数值。</translation>
    </message>
    <message>
        <source>The chain rule of one weight</source>
        <translation>一个权重的链式法则</translation>
    </message>
    <message>
        <source>Open Formula: it takes the gradient of any weight apart.</source>
        <translation>打开“公式”页：它把任一权重的梯度拆开来看。</translation>
    </message>
    <message>
        <source>Set the indices to [0, 1]: the weight that leads from x2 to unit 0.</source>
        <translation>把下标设为 [0, 1]：从 x2 到单元 0 的权重。</translation>
    </message>
    <message>
        <source>∂L/∂w[0,1] is a product: how L follows the output a, how a follows z (the sigmoid&apos;s slope), and how z follows w (its input, x2 = 2).</source>
        <translation>∂L/∂w[0,1] 是三个数的乘积：L 怎样随输出 a 变化，a 怎样随 z 变化（sigmoid 的斜率），z 怎样随 w 变化（它的输入 x2 = 2）。</translation>
    </message>
    <message>
        <source>Switch to Adam</source>
        <translation>换成 Adam</translation>
    </message>
    <message>
        <source>Would another optimizer get lower? Choose Adam in the form at the left.</source>
        <translation>换一个优化器会更低吗？请在左边的表单里选择 Adam。</translation>
    </message>
    <message>
        <source>Begin anew with it, from the same start: Ctrl+R.</source>
        <translation>用它从同一起点重新开始：Ctrl+R。</translation>
    </message>
    <message>
        <source>Look at its loss: Ctrl+1.</source>
        <translation>看它的损失：Ctrl+1。</translation>
    </message>
    <message>
        <source>Let it run: Space.</source>
        <translation>让它运行：空格键。</translation>
    </message>
    <message>
        <source>Adam reaches 7.5 within 20 steps, and gets no lower either: no optimizer leads out of a sigmoid&apos;s range. Another activation does: identity.</source>
        <translation>Adam 在 20 步内就到了 7.5，但也不会更低：任何优化器都走不出 sigmoid 的取值范围。换一个激活函数就可以：恒等。</translation>
    </message>
    <message>
        <source>That is all</source>
        <translation>就是这些</translation>
    </message>
    <message>
        <source>Ctrl+4 is the network&apos;s picture, Ctrl+3 races optimizers, File &gt; Examples has more. Help &gt; First steps brings this line back.</source>
        <translation>Ctrl+4 是网络的图，Ctrl+3 让优化器竞赛，“文件 &gt; 示例”里还有更多。“帮助 &gt; 入门导览”可以再次打开这一行。</translation>
    </message>
</context>
<context>
    <name>hunt</name>
    <message>
        <source>Bug hunt, level {level}, seed {seed}</source>
        <translation>找错，级别 {level}，种子 {seed}</translation>
    </message>
    <message>
        <source>Wrong guesses: {count}</source>
        <translation>猜错的次数：{count}</translation>
    </message>
    <message>
        <source>✓ Mended: the code is torch’s now.</source>
        <translation>✓ 改好了：代码现在和 torch 的一样。</translation>
    </message>
    <message>
        <source>Now mend it in the source.</source>
        <translation>现在在源代码里改好它。</translation>
    </message>
    <message>
        <source>A line is wrong in {files}. Which?</source>
        <translation>{files} 里有一行是错的。是哪一行？</translation>
    </message>
    <message>
        <source>{count} lines are wrong in {files}. Which?</source>
        <translation>{files} 里有 {count} 行是错的。是哪几行？</translation>
    </message>
    <message>
        <source>{file}, line {line}: {does}; torch {torch}.</source>
        <translation>{file} 第 {line} 行：{does}；torch {torch}。</translation>
    </message>
</context>
<context>
    <name>hyperparameters</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Accepted: {range}</source>
        <translation>可接受：{range}</translation>
    </message>
    <message>
        <source>torch&apos;s default: {default}</source>
        <translation>torch 的默认值：{default}</translation>
    </message>
    <message>
        <source>One of: {words}</source>
        <translation>可选：{words}</translation>
    </message>
    <message>
        <source>It must be given: torch has no default.</source>
        <translation>必须填写：torch 没有默认值。</translation>
    </message>
    <message>
        <source>A change of it needs a reset of the run.</source>
        <translation>更改后须重置运行。</translation>
    </message>
    <message>
        <source>Accepted: numbers {range}, with commas between them</source>
        <translation>可接受：{range} 的数，用逗号隔开</translation>
    </message>
    <message>
        <source>Accepted: whole numbers {range}, with commas between them</source>
        <translation>可接受：{range} 的整数，以逗号分隔</translation>
    </message>
    <message>
        <source>Accepted: whole numbers {range}</source>
        <translation>可接受：{range} 的整数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step goes. Too small: training crawls. Too large: the loss jumps about or explodes.</source>
        <translation>每一步走多远。太小：训练缓慢；太大：损失来回跳动，甚至爆炸。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>How much of the last step&apos;s velocity is kept: 0.9 keeps nine tenths.</source>
        <translation>保留上一步速度的多少：0.9 表示保留十分之九。</translation>
    </message>
    <message>
        <source>Dampening</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>How much of the new gradient is held back from the velocity.</source>
        <translation>新梯度中有多少不计入速度。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls every weight towards 0 by adding this share of the weight to its gradient (an L2 penalty).</source>
        <translation>把权重乘以此比例加到其梯度上，使每个权重向 0 靠拢 (即 L2 惩罚)。</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>Look ahead: step along the velocity as it will be. Needs momentum, no dampening.</source>
        <translation>向前看一步：沿着即将达到的速度更新。需要动量，且不能有阻尼。</translation>
    </message>
    <message>
        <source>Maximize</source>
        <translation>最大化</translation>
    </message>
    <message>
        <source>Climb the loss instead of descending it.</source>
        <translation>让损失上升而不是下降。</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>How much of the running mean of gradients is kept each step: 0.9 averages over about 10 steps.</source>
        <translation>每步保留梯度滑动平均的多少：0.9 约相当于对 10 步取平均。</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>How much of the running mean of squared gradients is kept: 0.999 averages over about 1,000 steps.</source>
        <translation>每步保留梯度平方滑动平均的多少：0.999 约相当于对 1,000 步取平均。</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>A small number added to the divisor, so that a gradient near 0 never divides by 0.</source>
        <translation>加在除数上的一个小数，使梯度接近 0 时也不会除以 0。</translation>
    </message>
    <message>
        <source>AMSGrad</source>
        <translation>AMSGrad</translation>
    </message>
    <message>
        <source>Divide by the largest running mean of squared gradients so far, so that the step size never grows again.</source>
        <translation>除以迄今为止最大的梯度平方滑动平均，使步长不再变大。</translation>
    </message>
    <message>
        <source>Decoupled weight decay</source>
        <translation>解耦权重衰减</translation>
    </message>
    <message>
        <source>Shrink the weights apart from the gradient, by the learning rate times the weight decay, as AdamW does.</source>
        <translation>与梯度无关地缩小权重，缩小的比例为学习率乘以权重衰减，与 AdamW 相同。</translation>
    </message>
    <message>
        <source>Shrinks every weight by the learning rate times this share each step, apart from the gradient.</source>
        <translation>每步使每个权重按学习率乘以此比例缩小，与梯度无关。</translation>
    </message>
    <message>
        <source>How much of the largest gradient so far is kept each step: at 0.999 half of it after about 700 steps.</source>
        <translation>每步保留迄今最大梯度的多少：0.999 时，约 700 步之后剩一半。</translation>
    </message>
    <message>
        <source>Momentum decay</source>
        <translation>动量衰减</translation>
    </message>
    <message>
        <source>How fast momentum warms up from half of beta 1 to all of it: half the way takes 4,000 steps at 0.004.</source>
        <translation>动量从 beta 1 的一半升到全部有多快：取 0.004 时，走完一半路程需 4,000 步。</translation>
    </message>
    <message>
        <source>Rate decay</source>
        <translation>学习率衰减</translation>
    </message>
    <message>
        <source>How fast the learning rate falls by itself: at 0.01 it is half after 100 steps. 0 leaves it as it is.</source>
        <translation>学习率自行下降的快慢：取 0.01 时，100 步之后减半。取 0 则保持不变。</translation>
    </message>
    <message>
        <source>Start of the sum of squares</source>
        <translation>平方和初值</translation>
    </message>
    <message>
        <source>What the sum of squared gradients begins with. Larger: smaller first steps.</source>
        <translation>梯度平方和从何值开始。越大，最初的步子越小。</translation>
    </message>
    <message>
        <source>Rho</source>
        <translation>Rho</translation>
    </message>
    <message>
        <source>How much of the running means of squared gradients and squared steps is kept each step.</source>
        <translation>每步保留梯度平方与更新平方的滑动平均的多少。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>How much of the running mean of squared gradients is kept: 0.99 averages over about 100 steps.</source>
        <translation>保留梯度平方滑动平均的多少：0.99 约相当于对 100 步取平均。</translation>
    </message>
    <message>
        <source>Centered</source>
        <translation>中心化</translation>
    </message>
    <message>
        <source>Divide by how much the gradient varies about its mean, not by how large it is.</source>
        <translation>除以梯度围绕其平均值变动的大小，而不是梯度本身的大小。</translation>
    </message>
    <message>
        <source>First step size</source>
        <translation>初始步长</translation>
    </message>
    <message>
        <source>How far the first step goes, the same for every weight. From then on each weight&apos;s step size is its own.</source>
        <translation>第一步走多远，对每个权重都相同。此后每个权重各有自己的步长。</translation>
    </message>
    <message>
        <source>Eta minus</source>
        <translation>Eta −</translation>
    </message>
    <message>
        <source>What a weight&apos;s step size is multiplied by when its gradient turns round.</source>
        <translation>权重的梯度变号时，其步长乘以此数。</translation>
    </message>
    <message>
        <source>Eta plus</source>
        <translation>Eta +</translation>
    </message>
    <message>
        <source>What a weight&apos;s step size is multiplied by when its gradient keeps its direction.</source>
        <translation>权重的梯度保持方向时，其步长乘以此数。</translation>
    </message>
    <message>
        <source>Smallest step</source>
        <translation>最小步长</translation>
    </message>
    <message>
        <source>No weight&apos;s step size falls below this.</source>
        <translation>任何权重的步长都不会低于此值。</translation>
    </message>
    <message>
        <source>Largest step</source>
        <translation>最大步长</translation>
    </message>
    <message>
        <source>No weight&apos;s step size rises above this.</source>
        <translation>任何权重的步长都不会高于此值。</translation>
    </message>
    <message>
        <source>Lambda</source>
        <translation>Lambda</translation>
    </message>
    <message>
        <source>How fast the learning rate falls, and how strongly every weight is pulled towards 0 besides.</source>
        <translation>学习率下降的快慢，同时也是把每个权重拉向 0 的强弱。</translation>
    </message>
    <message>
        <source>The power by which the learning rate falls: at 1 in proportion to the steps taken, at 0 not at all.</source>
        <translation>学习率下降的幂次：取 1 时与已走的步数成反比，取 0 时不下降。</translation>
    </message>
    <message>
        <source>Averaging from step</source>
        <translation>起始平均步</translation>
    </message>
    <message>
        <source>The step from which the mean of the weights is taken; before it, the last ones count.</source>
        <translation>从哪一步起对权重取平均；在此之前，以最新的权重为准。</translation>
    </message>
    <message>
        <source>The largest step, as a share of the weights&apos; own size: 0.01 moves them by 1 % at most.</source>
        <translation>最大的步长，以权重自身大小的比例计：0.01 表示最多移动 1 %。</translation>
    </message>
    <message>
        <source>Beta 2 decay</source>
        <translation>Beta 2 衰减</translation>
    </message>
    <message>
        <source>How soon the mean of squared gradients gets a long memory: at step t a new one counts t to this power.</source>
        <translation>梯度平方的平均多快获得长期记忆：第 t 步时，新值的权重为 t 的此次幂。</translation>
    </message>
    <message>
        <source>Epsilon 1</source>
        <translation>Epsilon 1</translation>
    </message>
    <message>
        <source>The least divisor, so that a gradient near 0 never divides by 0. Empty: the precision&apos;s own, 1.2e-7 or 2.2e-16.</source>
        <translation>除数的下限，使梯度接近 0 时也不会除以 0。留空：取该精度自身的值，1.2e-7 或 2.2e-16。</translation>
    </message>
    <message>
        <source>Epsilon 2</source>
        <translation>Epsilon 2</translation>
    </message>
    <message>
        <source>The least size that weights count as, so that those at 0 can leave it.</source>
        <translation>权重大小的下限，使为 0 的权重也能离开 0。</translation>
    </message>
    <message>
        <source>Clipping threshold</source>
        <translation>裁剪阈值</translation>
    </message>
    <message>
        <source>A step whose root mean square is above this is scaled down to it.</source>
        <translation>均方根超过此值的更新会按比例缩小到此值。</translation>
    </message>
    <message>
        <source>How much of the mean of gradients is kept each step: 0.95 averages over about 20.</source>
        <translation>每步保留梯度平均的多少：0.95 约相当于对 20 步取平均。</translation>
    </message>
    <message>
        <source>Look ahead: step along the mean as it will be when the gradient stays.</source>
        <translation>向前看一步：沿着梯度不变时平均值将会达到的方向更新。</translation>
    </message>
    <message>
        <source>Newton–Schulz a</source>
        <translation>Newton–Schulz a</translation>
    </message>
    <message>
        <source>The factor of X in an iteration.</source>
        <translation>一次迭代中 X 的系数。</translation>
    </message>
    <message>
        <source>Newton–Schulz b</source>
        <translation>Newton–Schulz b</translation>
    </message>
    <message>
        <source>The factor of XXᵀX in an iteration.</source>
        <translation>一次迭代中 XXᵀX 的系数。</translation>
    </message>
    <message>
        <source>Newton–Schulz c</source>
        <translation>Newton–Schulz c</translation>
    </message>
    <message>
        <source>The factor of XXᵀXXᵀX in an iteration.</source>
        <translation>一次迭代中 XXᵀXXᵀX 的系数。</translation>
    </message>
    <message>
        <source>The least size to divide by, so that a gradient of 0 never divides by 0.</source>
        <translation>除数的下限，使梯度为 0 时也不会除以 0。</translation>
    </message>
    <message>
        <source>Newton–Schulz steps</source>
        <translation>Newton–Schulz 次数</translation>
    </message>
    <message>
        <source>How many iterations make the step orthogonal.</source>
        <translation>用多少次迭代使更新正交化。</translation>
    </message>
    <message>
        <source>Rate by shape</source>
        <translation>按形状调整</translation>
    </message>
    <message>
        <source>How the learning rate follows the matrix&apos;s shape. original: larger where there are more outputs than inputs. match_rms_adamw: steps of the size of AdamW&apos;s. Empty: original.</source>
        <translation>学习率如何随矩阵的形状调整。original：输出多于输入时更大。match_rms_adamw：更新的大小与 AdamW 相当。留空：original。</translation>
    </message>
    <message>
        <source>How far to go along the direction found: 1 is as far as the curvature says. With a line search: what it tries first.</source>
        <translation>沿求得的方向走多远：1 表示走到曲率所指的地方。使用线搜索时：最先尝试的步长。</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>How many directions are followed in one step, at the most.</source>
        <translation>一步之中最多沿多少个方向前进。</translation>
    </message>
    <message>
        <source>Evaluations</source>
        <translation>求值次数</translation>
    </message>
    <message>
        <source>A step ends once the loss was evaluated so often. Empty: a quarter more than iterations.</source>
        <translation>损失的求值达到此次数时，这一步结束。留空：比迭代次数多四分之一。</translation>
    </message>
    <message>
        <source>Gradient tolerance</source>
        <translation>梯度容差</translation>
    </message>
    <message>
        <source>A step ends where no part of the gradient is larger than this.</source>
        <translation>梯度的任何分量都不大于此值时，这一步结束。</translation>
    </message>
    <message>
        <source>Change tolerance</source>
        <translation>变化容差</translation>
    </message>
    <message>
        <source>A step ends where neither loss nor weights change by more than this.</source>
        <translation>损失和权重的变化都不超过此值时，这一步结束。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史长度</translation>
    </message>
    <message>
        <source>How many of the last iterations the curvature is told from.</source>
        <translation>由最近多少次迭代推知曲率。</translation>
    </message>
    <message>
        <source>Line search</source>
        <translation>线搜索</translation>
    </message>
    <message>
        <source>strong_wolfe: try step lengths until the loss is lower and its slope flatter by enough. Empty: none.</source>
        <translation>strong_wolfe：尝试不同的步长，直到损失降得足够低、坡度也足够平缓。留空：不搜索。</translation>
    </message>
    <message>
        <source>Step size</source>
        <translation>步距</translation>
    </message>
    <message>
        <source>How many steps the rate stays before it falls.</source>
        <translation>学习率保持多少步之后下降。</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>What the rate is multiplied by each time: 0.1 leaves a tenth, 1 changes nothing, above 1 it grows.</source>
        <translation>每次学习率乘以此数：0.1 剩下十分之一，1 不变，大于 1 则增大。</translation>
    </message>
    <message>
        <source>Milestones</source>
        <translation>里程碑</translation>
    </message>
    <message>
        <source>After how many steps the rate falls, each time anew: 100, 150, 180.</source>
        <translation>学习率在多少步之后下降，每到一个里程碑就再下降一次：100, 150, 180。</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>The share of the learning rate at first.</source>
        <translation>开始时学习率的比例。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>After how many steps the rate is the whole.</source>
        <translation>多少步之后达到完整的学习率。</translation>
    </message>
    <message>
        <source>Start factor</source>
        <translation>起始系数</translation>
    </message>
    <message>
        <source>End factor</source>
        <translation>结束系数</translation>
    </message>
    <message>
        <source>The share of it at the end.</source>
        <translation>结束时学习率的比例。</translation>
    </message>
    <message>
        <source>How many steps it takes from one to the other.</source>
        <translation>从起始系数到结束系数用多少步。</translation>
    </message>
    <message>
        <source>After how many steps the rate is 0.</source>
        <translation>多少步之后学习率为 0。</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>幂次</translation>
    </message>
    <message>
        <source>1 is a straight line; 2 falls fast at first, 0.5 at the end.</source>
        <translation>1 是直线；2 先快后慢，0.5 先慢后快。</translation>
    </message>
    <message>
        <source>Half a wave</source>
        <translation>半周期</translation>
    </message>
    <message>
        <source>How many steps it takes from the top to the bottom.</source>
        <translation>从最高到最低用多少步。</translation>
    </message>
    <message>
        <source>Lowest rate</source>
        <translation>最低学习率</translation>
    </message>
    <message>
        <source>The learning rate at the bottom of the wave.</source>
        <translation>波谷处的学习率。</translation>
    </message>
    <message>
        <source>First wave</source>
        <translation>首个周期</translation>
    </message>
    <message>
        <source>How many steps until the first restart.</source>
        <translation>到第一次重启为止的步数。</translation>
    </message>
    <message>
        <source>Longer by</source>
        <translation>周期倍数</translation>
    </message>
    <message>
        <source>How many times as long each wave is as the one before.</source>
        <translation>每个周期是前一个周期的多少倍长。</translation>
    </message>
    <message>
        <source>The learning rate at the bottom of a cycle, where it begins. The optimizer&apos;s own plays no part.</source>
        <translation>周期最低处的学习率，周期由此开始。优化器自身的学习率不起作用。</translation>
    </message>
    <message>
        <source>Highest rate</source>
        <translation>最高学习率</translation>
    </message>
    <message>
        <source>The learning rate at the top of a cycle.</source>
        <translation>周期最高处的学习率。</translation>
    </message>
    <message>
        <source>Steps up</source>
        <translation>上升步数</translation>
    </message>
    <message>
        <source>How many steps from the bottom to the top.</source>
        <translation>从最低到最高用多少步。</translation>
    </message>
    <message>
        <source>Steps down</source>
        <translation>下降步数</translation>
    </message>
    <message>
        <source>How many steps back to the bottom; as many as up if none.</source>
        <translation>回到最低用多少步；不填则与上升步数相同。</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Cycles of one height, each half as high as the one before, or lower with every step by gamma.</source>
        <translation>各周期高度相同；或每个周期的高度减半；或每一步按 gamma 降低。</translation>
    </message>
    <message>
        <source>What “exp_range” multiplies the height by with every step.</source>
        <translation>“exp_range”模式下，每一步高度乘以此数。</translation>
    </message>
    <message>
        <source>Cycle momentum</source>
        <translation>循环动量</translation>
    </message>
    <message>
        <source>Move the momentum (or Adam&apos;s beta 1) against the rate: low where the rate is high.</source>
        <translation>让动量 (或 Adam 的 beta 1) 与学习率反向变化：学习率高时动量低。</translation>
    </message>
    <message>
        <source>Lowest momentum</source>
        <translation>最低动量</translation>
    </message>
    <message>
        <source>The momentum (or beta 1) where the rate is highest.</source>
        <translation>学习率最高时的动量 (或 beta 1)。</translation>
    </message>
    <message>
        <source>Highest momentum</source>
        <translation>最高动量</translation>
    </message>
    <message>
        <source>The momentum (or beta 1) where the rate is lowest.</source>
        <translation>学习率最低时的动量 (或 beta 1)。</translation>
    </message>
    <message>
        <source>The learning rate at the top. The optimizer&apos;s own plays no part.</source>
        <translation>最高处的学习率。优化器自身的学习率不起作用。</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>总步数</translation>
    </message>
    <message>
        <source>How many steps the whole takes; after them the rate stays. If none: epochs times steps per epoch.</source>
        <translation>全程用多少步；此后学习率保持不变。不填则为轮数乘以每轮步数。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How many epochs the whole takes.</source>
        <translation>全程用多少轮。</translation>
    </message>
    <message>
        <source>Steps per epoch</source>
        <translation>每轮步数</translation>
    </message>
    <message>
        <source>How many steps an epoch has.</source>
        <translation>一轮有多少步。</translation>
    </message>
    <message>
        <source>Part that climbs</source>
        <translation>上升比例</translation>
    </message>
    <message>
        <source>The share of all steps that lead up.</source>
        <translation>上升部分占总步数的比例。</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Along the cosine or along a straight line.</source>
        <translation>沿余弦曲线或沿直线。</translation>
    </message>
    <message>
        <source>First divisor</source>
        <translation>起始除数</translation>
    </message>
    <message>
        <source>The highest rate divided by this is the first.</source>
        <translation>最高学习率除以此数即为起始学习率。</translation>
    </message>
    <message>
        <source>Last divisor</source>
        <translation>最终除数</translation>
    </message>
    <message>
        <source>The first rate divided by this is the last.</source>
        <translation>起始学习率除以此数即为最终学习率。</translation>
    </message>
    <message>
        <source>Three phases</source>
        <translation>三阶段</translation>
    </message>
    <message>
        <source>Up, down to the first rate as fast, and then to the last.</source>
        <translation>上升，以同样的快慢降到起始学习率，再降到最终学习率。</translation>
    </message>
    <message>
        <source>Whether the loss is to fall (min) or to rise (max).</source>
        <translation>希望损失下降 (min) 还是上升 (max)。</translation>
    </message>
    <message>
        <source>The share of the rate that a fall leaves.</source>
        <translation>每次下降后剩下的学习率比例。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>How many steps in a row may be no better before the rate falls.</source>
        <translation>连续多少步没有改善之后，学习率才下降。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>By how much a loss must be better to count.</source>
        <translation>损失至少要好多少才算改善。</translation>
    </message>
    <message>
        <source>Threshold is</source>
        <translation>阈值类型</translation>
    </message>
    <message>
        <source>A share of the best loss (rel) or an amount (abs).</source>
        <translation>最低损失的比例 (rel) 或绝对的量 (abs)。</translation>
    </message>
    <message>
        <source>Cool-down</source>
        <translation>冷却步数</translation>
    </message>
    <message>
        <source>How many steps after a fall no step counts as bad.</source>
        <translation>下降之后多少步之内不计未改善的步。</translation>
    </message>
    <message>
        <source>The rate falls no lower than this.</source>
        <translation>学习率不会降到此值以下。</translation>
    </message>
    <message>
        <source>A smaller fall of the rate is not made.</source>
        <translation>学习率的下降量小于此值时，不予下降。</translation>
    </message>
    <message>
        <source>A small number added to the variance, so that a row of equal numbers is not divided by 0.</source>
        <translation>加在方差上的一个小数，使全部相等的一行不会除以 0。</translation>
    </message>
    <message>
        <source>Learned scale</source>
        <translation>可学习的缩放</translation>
    </message>
    <message>
        <source>Multiply what was normalized by learned weights, which begin at 1.</source>
        <translation>把归一化的结果乘以可学习的权重，初值为 1。</translation>
    </message>
    <message>
        <source>Learned shift</source>
        <translation>可学习的平移</translation>
    </message>
    <message>
        <source>Add learned numbers, which begin at 0; only beside a learned scale.</source>
        <translation>加上可学习的数，初值为 0；仅在有可学习的缩放时可用。</translation>
    </message>
    <message>
        <source>A small number added to the mean square, so that a row of zeros is not divided by 0. Where none is given, the spacing of floats at 1.</source>
        <translation>加在均方上的一个小数，使全为 0 的一行不会除以 0。不填时取浮点数在 1 处的间距。</translation>
    </message>
    <message>
        <source>A small number added to the variance, so that a column of equal numbers is not divided by 0.</source>
        <translation>加在方差上的一个小数，使全部相等的一列不会除以 0。</translation>
    </message>
    <message>
        <source>The share of each batch in the running mean and variance, by which the network is evaluated.</source>
        <translation>每个批次在滑动均值和滑动方差中所占的比例；评估网络时使用它们。</translation>
    </message>
    <message>
        <source>Learned scale and shift</source>
        <translation>可学习的缩放和平移</translation>
    </message>
    <message>
        <source>Multiply what was normalized by learned weights, which begin at 1, and add learned biases.</source>
        <translation>把归一化的结果乘以可学习的权重 (初值为 1)，再加上可学习的偏置。</translation>
    </message>
    <message>
        <source>Share dropped</source>
        <translation>丢弃比例</translation>
    </message>
    <message>
        <source>How many of the numbers are set to 0 in each step of training; the others are enlarged by as much.</source>
        <translation>训练的每一步中有多大比例的数被置为 0；其余的数相应放大。</translation>
    </message>
    <message>
        <source>Vectors</source>
        <translation>向量个数</translation>
    </message>
    <message>
        <source>How many there are, one for each whole number from 0.</source>
        <translation>有多少个向量，从 0 起每个整数一个。</translation>
    </message>
    <message>
        <source>Numbers in each</source>
        <translation>向量长度</translation>
    </message>
    <message>
        <source>How long each vector is.</source>
        <translation>每个向量有多长。</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>The whole number that stands for nothing: its vector begins at 0 and learns nothing.</source>
        <translation>不代表任何东西的整数：它的向量从 0 开始，什么也不学。</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <source>What the spread is multiplied by, for the activation that follows: 5/3 for tanh.</source>
        <translation>分布宽度所乘的系数，取决于其后的激活函数：tanh 为 5/3。</translation>
    </message>
    <message>
        <source>Slope</source>
        <translation>斜率</translation>
    </message>
    <message>
        <source>The negative slope of the leaky ReLU that follows; of no effect for another function.</source>
        <translation>其后的 Leaky ReLU 的负半轴斜率；对其他函数不起作用。</translation>
    </message>
    <message>
        <source>Keep the size of what goes forward (fan_in) or of the gradients that come back (fan_out).</source>
        <translation>保持前向信号的大小（fan_in），或反向梯度的大小（fan_out）。</translation>
    </message>
    <message>
        <source>Nonlinearity</source>
        <translation>非线性函数</translation>
    </message>
    <message>
        <source>The function that follows: it decides the gain.</source>
        <translation>其后的函数：由它决定增益。</translation>
    </message>
    <message>
        <source>What the orthogonal matrix is multiplied by.</source>
        <translation>正交矩阵所乘的系数。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>The smallest number that may be drawn.</source>
        <translation>可抽到的最小数。</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>The bound above all that may be drawn.</source>
        <translation>所有可抽到的数的上界。</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>The number around which they are drawn.</source>
        <translation>抽取时围绕的数。</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>How far they scatter.</source>
        <translation>分散的程度。</translation>
    </message>
    <message>
        <source>How far they scatter, before the ends are cut off.</source>
        <translation>截去两端之前分散的程度。</translation>
    </message>
    <message>
        <source>Smaller ones are drawn again.</source>
        <translation>更小的数会重新抽取。</translation>
    </message>
    <message>
        <source>Larger ones are drawn again.</source>
        <translation>更大的数会重新抽取。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The number that every weight begins with.</source>
        <translation>每个权重的初始值。</translation>
    </message>
    <message>
        <source>Negative slope</source>
        <translation>负半轴斜率</translation>
    </message>
    <message>
        <source>What every number below 0 is multiplied by.</source>
        <translation>小于 0 的数乘以它。</translation>
    </message>
    <message>
        <source>How far below 0 it goes: far out on the left it comes near to −alpha.</source>
        <translation>在 0 以下能到多低：在最左侧趋近于 −alpha。</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>“none” takes the normal distribution itself, “tanh” a hyperbolic tangent near to it, as GPT-2 does.</source>
        <translation>“none” 用正态分布本身，“tanh” 用与之接近的双曲正切，如 GPT-2 所用。</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>Beta</translation>
    </message>
    <message>
        <source>How sharp its bend is: the larger, the nearer to a ReLU.</source>
        <translation>弯曲的锐利程度：越大越接近 ReLU。</translation>
    </message>
    <message>
        <source>Where beta times z is above it, z itself is taken.</source>
        <translation>beta 乘 z 大于它时，直接取 z。</translation>
    </message>
    <message>
        <source>Lowest value</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>What is below it becomes it.</source>
        <translation>小于它的数变为它。</translation>
    </message>
    <message>
        <source>Highest value</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>What is above it becomes it.</source>
        <translation>大于它的数变为它。</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>归约</translation>
    </message>
    <message>
        <source>“mean” divides by how many terms there are; “sum” adds them up, so that a larger batch takes larger steps.</source>
        <translation>“mean”除以项数；“sum”把各项相加，因此批次越大步子越大。</translation>
    </message>
    <message>
        <source>Errors below it count by their square, larger ones by their size.</source>
        <translation>小于它的误差按平方计，更大的按绝对值计。</translation>
    </message>
    <message>
        <source>Delta</source>
        <translation>Delta</translation>
    </message>
    <message>
        <source>Errors below it count by their square, larger ones by delta times their size.</source>
        <translation>小于它的误差按平方计，更大的按 delta 乘绝对值计。</translation>
    </message>
    <message>
        <source>Weight of yes</source>
        <translation>“是”的权重</translation>
    </message>
    <message>
        <source>How much yes counts: a number for each output.</source>
        <translation>“是”的分量有多重：每个输出一个数。</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>A number for each class: how much a row of it counts.</source>
        <translation>每个类别一个数：该类别的一行有多大分量。</translation>
    </message>
    <message>
        <source>Ignored class</source>
        <translation>忽略的类别</translation>
    </message>
    <message>
        <source>Rows of this class number count for nothing.</source>
        <translation>属于该类别编号的行不计入。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Takes this share of the target from the true class and gives it to all classes alike.</source>
        <translation>从真实类别的目标中取出这一份，平均分给所有类别。</translation>
    </message>
    <message>
        <source>“mean” divides by rows and outputs, “batchmean” by the rows alone, as the divergence is defined.</source>
        <translation>“mean”除以行数与输出数之积，“batchmean”只除以行数，这才符合散度的定义。</translation>
    </message>
    <message>
        <source>Targets are logarithms</source>
        <translation>目标是对数</translation>
    </message>
    <message>
        <source>y holds log probabilities, as the outputs are.</source>
        <translation>y 是对数概率，与输出一样。</translation>
    </message>
</context>
<context>
    <name>learned</name>
    <message>
        <source>What is predicted over the plane of both inputs</source>
        <translation>在两个输入的平面上的预测</translation>
    </message>
    <message>
        <source>class {answer}</source>
        <translation>类别 {answer}</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>预测值</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>class {number}</source>
        <translation>类别 {number}</translation>
    </message>
    <message>
        <source>The rows of class {number}</source>
        <translation>类别为 {number} 的行</translation>
    </message>
    <message>
        <source>Answer {number}</source>
        <translation>回答 {number}</translation>
    </message>
    <message>
        <source>Class {true}, answered with {answer}: {count}</source>
        <translation>类别 {true}，回答为 {answer}：{count}</translation>
    </message>
    <message>
        <source>What is predicted along the input</source>
        <translation>沿输入的预测</translation>
    </message>
    <message>
        <source>class {samples}</source>
        <translation>类别 {samples}</translation>
    </message>
    <message>
        <source>line {value}</source>
        <translation>分界线 {value}</translation>
    </message>
    <message>
        <source>curve: prediction, points: targets</source>
        <translation>曲线：预测值，点：目标值</translation>
    </message>
    <message>
        <source>hollow: only tests</source>
        <translation>空心：只用于测试</translation>
    </message>
    <message>
        <source>{drawn} of {rows} rows drawn</source>
        <translation>共 {rows} 行，画出 {drawn} 行</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>The inputs of the row</source>
        <translation>该行的各个输入</translation>
    </message>
    <message>
        <source>What the network should answer for the row</source>
        <translation>网络对该行应给出的答案</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>What is predicted less the target</source>
        <translation>预测值减去目标值</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>预测值</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>What {lane} predicts less what torch predicts</source>
        <translation>{lane} 的预测减去 torch 的预测</translation>
    </message>
    <message>
        <source>The class that is answered; of both lanes, where they differ</source>
        <translation>回答的类别；两条通道不同时，两个都列出</translation>
    </message>
    <message>
        <source>How probable class {number} is to {lane}&apos;s network, less how probable to torch&apos;s</source>
        <translation>{lane} 的网络给类别 {number} 的概率，减去 torch 的网络给它的概率</translation>
    </message>
    <message>
        <source>What the network answers for the row</source>
        <translation>网络对该行给出的答案</translation>
    </message>
    <message>
        <source>How probable a 1 is to the network: the sigmoid of its output</source>
        <translation>网络认为答案是 1 的概率：其输出的 sigmoid</translation>
    </message>
    <message>
        <source>The class that the data say</source>
        <translation>数据给出的类别</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Whether the answer is right</source>
        <translation>回答是否正确</translation>
    </message>
    <message>
        <source>How probable class {number} is to the network: the softmax of its outputs</source>
        <translation>网络认为属于类别 {number} 的概率：其输出的 softmax</translation>
    </message>
    <message>
        <source>This row only tests: it trains nothing</source>
        <translation>这一行只用于测试，不参与训练</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>Boundary</source>
        <translation>边界</translation>
    </message>
    <message>
        <source>What is predicted for each row, beside its target</source>
        <translation>对每一行的预测，与目标值对照</translation>
    </message>
    <message>
        <source>How often which class is taken for which</source>
        <translation>各类别被当成哪一类、各有多少次</translation>
    </message>
    <message>
        <source>What is predicted along the input, with the data</source>
        <translation>沿输入的预测，连同数据</translation>
    </message>
    <message>
        <source>What is predicted over the plane of both inputs, with the data</source>
        <translation>在两个输入的平面上的预测，连同数据</translation>
    </message>
    <message>
        <source>No fit or boundary here: the inputs are whole numbers that stand for vectors; between them is nothing.</source>
        <translation>这里没有拟合曲线或边界：输入是代表向量的整数，它们之间什么也没有。</translation>
    </message>
    <message>
        <source>A boundary needs two inputs, and a fit one: this network has {count}.</source>
        <translation>边界需要两个输入，拟合需要一个输入：这个网络有 {count} 个。</translation>
    </message>
    <message>
        <source>A confusion matrix needs classes: here the targets are numbers.</source>
        <translation>混淆矩阵需要类别：这里的目标值是数。</translation>
    </message>
    <message>
        <source>{rows} rows</source>
        <translation>{rows} 行</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>{rows} rows, {tested} of them only test {mark}</source>
        <translation>{rows} 行，其中 {tested} 行只用于测试 {mark}</translation>
    </message>
    <message>
        <source>Accuracy: as soon as the run pauses, of so many rows</source>
        <translation>准确率：行数太多，运行暂停时才计算</translation>
    </message>
    <message>
        <source>Accuracy: {shares}</source>
        <translation>准确率：{shares}</translation>
    </message>
    <message>
        <source>training {training}, test {test}</source>
        <translation>训练 {training}，测试 {test}</translation>
    </message>
</context>
<context>
    <name>lessons</name>
    <message>
        <source>en</source>
        <comment>the language that lessons are read in: en or zh</comment>
        <translation>zh</translation>
    </message>
    <message>
        <source>{file}, line {line}: {words}</source>
        <translation>{file}，第 {line} 行：{words}</translation>
    </message>
    <message>
        <source>the folder {folder} has neither en.md nor zh.md in it</source>
        <translation>文件夹 {folder} 里既没有 en.md 也没有 zh.md</translation>
    </message>
    <message>
        <source>the file is longer than a million bytes</source>
        <translation>文件超过一百万字节</translation>
    </message>
    <message>
        <source>the file is no text in UTF-8</source>
        <translation>文件不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>the file cannot be read: {detail}</source>
        <translation>文件读不了：{detail}</translation>
    </message>
    <message>
        <source>a lesson begins with its title, # Title</source>
        <translation>课程以标题开头：# 标题</translation>
    </message>
    <message>
        <source>there is no step; each begins with ## Title</source>
        <translation>没有任何一步；每一步以 ## 标题 开头</translation>
    </message>
    <message>
        <source>“{text}” stands where # Title is expected, once and first, or ## Title of a step</source>
        <translation>“{text}”所在之处应当是 # 标题（只有一次，在最前面）或一步的 ## 标题</translation>
    </message>
    <message>
        <source>the block that begins here has no end: a line ```</source>
        <translation>从这里开始的块没有结尾的一行 ```</translation>
    </message>
    <message>
        <source>“{text}” is none of these with a colon behind it: {known}</source>
        <translation>“{text}”不是下列词后加冒号：{known}</translation>
    </message>
    <message>
        <source>nothing stands behind {key}:</source>
        <translation>{key}: 后面什么也没有</translation>
    </message>
    <message>
        <source>{key}: belongs below an ask:</source>
        <translation>{key}: 应当在某个 ask: 下面</translation>
    </message>
    <message>
        <source>a question of this step has no answer:, a number</source>
        <translation>这一步有一个问题没有 answer:（一个数）</translation>
    </message>
    <message>
        <source>“{text}” is no number, such as 0.25, 1/4, or 0.25 ± 0.01 where it may be off by that</source>
        <translation>“{text}”不是数；可写 0.25、1/4，或者 0.25 ± 0.01（允许相差这么多）</translation>
    </message>
    <message>
        <source>“{text}” is not a widget’s name, with = and a value and with when and a condition where wanted</source>
        <translation>“{text}”不是控件名（需要时可加 = 和值，再加 when 和条件）</translation>
    </message>
    <message>
        <source>the lesson’s folder has no file {text}</source>
        <translation>课程的文件夹里没有文件 {text}</translation>
    </message>
    <message>
        <source>the experiment {text} has a fault at {where}</source>
        <translation>实验 {text} 在 {where} 处有错</translation>
    </message>
    <message>
        <source>“{text}” is nothing that is on or off: {known}</source>
        <translation>“{text}”不是可开可关的量：{known}</translation>
    </message>
    <message>
        <source>“{text}” is no condition, such as step &gt;= 20, optimizer is Adam, running, shows formula_page</source>
        <translation>“{text}”不是条件；可写 step &gt;= 20、optimizer is Adam、running、shows formula_page</translation>
    </message>
    <message>
        <source>there is no {text} to compare; there is {known}</source>
        <translation>没有可以比较的 {text}；有 {known}</translation>
    </message>
    <message>
        <source>in “{text}” {name} is compared with what is no number</source>
        <translation>“{text}”里 {name} 与不是数的东西相比</translation>
    </message>
    <message>
        <source>there are {found} steps, but {wanted} in {file}</source>
        <translation>这里有 {found} 步，而 {file} 里有 {wanted} 步</translation>
    </message>
    <message>
        <source>this step asks for something else than the one at line {line} of {file}; only words may differ</source>
        <translation>这一步的要求与 {file} 第 {line} 行的那一步不同；只有文字可以不同</translation>
    </message>
</context>
<context>
    <name>loss</name>
    <message>
        <source>Batch, ● all, ◇ test</source>
        <translation>批次，● 全部，◇ 测试</translation>
    </message>
    <message>
        <source>Loss, ◇ test</source>
        <translation>损失，◇ 测试</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Batch, ● all</source>
        <translation>批次，● 全部</translation>
    </message>
    <message>
        <source>Test rows</source>
        <translation>测试行</translation>
    </message>
    <message>
        <source>The loss over the rows that only test, after step {step}</source>
        <translation>第 {step} 步之后，只用于测试的行上的损失</translation>
    </message>
    <message>
        <source>⚠ no finite number from step {step}</source>
        <translation>⚠ 从第 {step} 步起不是有限的数</translation>
    </message>
    <message>
        <source>⚠ zero or less from step {step}: no logarithm</source>
        <translation>⚠ 从第 {step} 步起不大于零：没有对数</translation>
    </message>
    <message>
        <source>batch of step {step}</source>
        <translation>第 {step} 步的批次</translation>
    </message>
    <message>
        <source>at step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>Press Run or Step to begin</source>
        <translation>按“运行”或“单步”开始</translation>
    </message>
    <message>
        <source>Every lane is hidden: click one in the legend</source>
        <translation>所有通道都已隐藏：请在图例中单击一条</translation>
    </message>
    <message>
        <source>No loss here can be drawn on this scale</source>
        <translation>此处的损失无法用此坐标绘出</translation>
    </message>
    <message>
        <source>shown, step {step}</source>
        <translation>所显示，第 {step} 步</translation>
    </message>
    <message>
        <source>shown: the start</source>
        <translation>所显示：起点</translation>
    </message>
    <message>
        <source>newest, step {step}</source>
        <translation>最新，第 {step} 步</translation>
    </message>
    <message>
        <source>Drag a rectangle to zoom; a double click shows the whole run again.
Ctrl+click, or Enter at the crosshair (← →), shows the whole window at that step.
Where a step sees some of the rows, dots are the loss over all of them.
Diamonds are the loss over the rows that only test, where there are any.</source>
        <translation>拖出矩形以放大；双击可重新显示整个运行。
Ctrl+单击，或在十字线处 (← →) 按 Enter，整个窗口显示该步。
若每步只用部分行，圆点为全部行上的损失。
菱形为只用于测试的行上的损失（如果有）。</translation>
    </message>
</context>
<context>
    <name>maps</name>
    <message>
        <source>Point (x, y)</source>
        <translation>点 (x, y)</translation>
    </message>
    <message>
        <source>On the left x, on the right y. Point at a cell, or use the arrow keys, to read it.</source>
        <translation>左边是 x，右边是 y。指向单元格或用方向键读取其值。</translation>
    </message>
    <message>
        <source>Rows are units, columns are inputs, both from 0. Point at a cell, or use the arrow keys, to read it.</source>
        <translation>行是单元，列是输入，均从 0 数起。指向单元格或用方向键读取其值。</translation>
    </message>
    <message>
        <source>{backend} does not run with this optimizer</source>
        <translation>此优化器没有运行 {backend}</translation>
    </message>
    <message>
        <source>{what}: none before the first step</source>
        <translation>{what}：第一步之前没有</translation>
    </message>
    <message>
        <source>{what}: not used with these settings</source>
        <translation>{what}：当前设置下不使用</translation>
    </message>
    <message>
        <source>Both lanes have kept unlike numbers of rows</source>
        <translation>两条通道保存的行数不同</translation>
    </message>
    <message>
        <source>Nothing to compare with</source>
        <translation>没有可比较的对象</translation>
    </message>
    <message>
        <source>{count} ULP</source>
        <translation>{count} ULP</translation>
    </message>
    <message>
        <source>largest in its cell:</source>
        <translation>所在格中的最大值：</translation>
    </message>
    <message>
        <source>step size · {element}</source>
        <translation>步长 · {element}</translation>
    </message>
    <message>
        <source>plain rate {rate}</source>
        <translation>原学习率 {rate}</translation>
    </message>
    <message>
        <source>In the neutral colour the update is the gradient times the plain learning rate. Hatched: it went against the gradient, or there is none.</source>
        <translation>中性色表示更新等于梯度乘以原学习率。画斜线表示：减去的量与梯度反号，或梯度为零。</translation>
    </message>
    <message>
        <source>1 cell = {rows}×{columns} weights</source>
        <translation>1 格 = {rows}×{columns} 个权重</translation>
    </message>
</context>
<context>
    <name>network</name>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Layer {number}, output</source>
        <translation>第 {number} 层，输出</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>{count:,} units</source>
        <translation>{count:,} 个单元</translation>
    </message>
    <message>
        <source>Input {number}</source>
        <translation>输入 {number}</translation>
    </message>
    <message>
        <source>Layer {layer}, unit {unit}</source>
        <translation>第 {layer} 层，单元 {unit}</translation>
    </message>
    <message>
        <source>of row {row} alone: L = {loss}</source>
        <translation>仅第 {row} 行：L = {loss}</translation>
    </message>
    <message>
        <source>the row&apos;s class</source>
        <translation>该行的类别</translation>
    </message>
    <message>
        <source>not the row&apos;s class</source>
        <translation>不是该行的类别</translation>
    </message>
    <message>
        <source>target {target}</source>
        <translation>目标 {target}</translation>
    </message>
    <message>
        <source>the largest of those that are drawn here as one</source>
        <translation>此处合画为一的各数中最大者</translation>
    </message>
    <message>
        <source>row {row} alone: ∂L/∂{name} = {value}</source>
        <translation>仅第 {row} 行：∂L/∂{name} = {value}</translation>
    </message>
    <message>
        <source>not there yet</source>
        <translation>尚不存在</translation>
    </message>
</context>
<context>
    <name>notes</name>
    <message>
        <source>not told while you hunt a bug</source>
        <translation>找错的时候不说</translation>
    </message>
</context>
<context>
    <name>own_code</name>
    <message>
        <source>&amp;Edit {file}</source>
        <translation>编辑 {file}(&amp;E)</translation>
    </message>
    <message>
        <source>The &amp;textbook’s instead</source>
        <translation>改用教科书的(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Begin with a copy of the textbook’s</source>
        <translation>从教科书的副本开始(&amp;B)</translation>
    </message>
    <message>
        <source>A &amp;file of mine…</source>
        <translation>我的文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Which of {file}</source>
        <translation>{file} 中的哪一个(&amp;W)</translation>
    </message>
    <message>
        <source>A file of mine</source>
        <translation>我的文件</translation>
    </message>
    <message>
        <source>Python (*.py *.ipynb)</source>
        <translation>Python (*.py *.ipynb)</translation>
    </message>
    <message>
        <source>A function of weight and gradient</source>
        <translation>以权重和梯度为参数的函数</translation>
    </message>
    <message>
        <source>A function with a state</source>
        <translation>带状态的函数</translation>
    </message>
    <message>
        <source>A function with a config</source>
        <translation>带配置字典的函数</translation>
    </message>
    <message>
        <source>A class with step</source>
        <translation>带 step 的类</translation>
    </message>
    <message>
        <source>A function and its derivative</source>
        <translation>函数及其导数</translation>
    </message>
    <message>
        <source>A class with forward and backward</source>
        <translation>带 forward 和 backward 的类</translation>
    </message>
    <message>
        <source>A function that returns loss and gradient</source>
        <translation>返回损失和梯度的函数</translation>
    </message>
    <message>
        <source>Two functions, forward and backward</source>
        <translation>forward 和 backward 两个函数</translation>
    </message>
    <message>
        <source>, line {line}</source>
        <translation>，第 {line} 行</translation>
    </message>
    <message>
        <source>unusable: {words}</source>
        <translation>不可用：{words}</translation>
    </message>
    <message>
        <source>convention: {does}{at}; torch {torch}</source>
        <translation>约定不同：{does}{at}；torch {torch}</translation>
    </message>
    <message>
        <source>mistake: {does}{at}; torch {torch}</source>
        <translation>错误：{does}{at}；torch {torch}</translation>
    </message>
    <message>
        <source>identical: every bit is torch’s {name}</source>
        <translation>完全相同：每一位都与 torch 的 {name} 一致</translation>
    </message>
    <message>
        <source>rounding: it is torch’s {name}, but for the rounding of single operations</source>
        <translation>舍入：与 torch 的 {name} 相同，只差单次运算的舍入</translation>
    </message>
    <message>
        <source>unstable: right as {name} in exact arithmetic, but not in these numbers</source>
        <translation>不稳定：在精确算术中与 {name} 相同，但在这些数上不然</translation>
    </message>
    <message>
        <source>different: not torch’s {name}, and no departure that is known by name</source>
        <translation>不同：不是 torch 的 {name}，也不是任何已知名称的偏差</translation>
    </message>
    <message>
        <source>To make it torch’s ({ids}): {edit}.</source>
        <translation>要与 torch 一致（{ids}）：{edit}。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{name}: {kind}, {form}, line {line}</source>
        <translation>{name}：{kind}，{form}，第 {line} 行</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>the textbook’s form</source>
        <translation>教科书的形式</translation>
    </message>
    <message>
        <source>function with a config</source>
        <translation>带配置字典的函数</translation>
    </message>
    <message>
        <source>function with a state</source>
        <translation>带状态的函数</translation>
    </message>
    <message>
        <source>plain function</source>
        <translation>普通函数</translation>
    </message>
    <message>
        <source>function with its means</source>
        <translation>带滑动均值的函数</translation>
    </message>
    <message>
        <source>function that changes its arrays</source>
        <translation>就地修改数组的函数</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类</translation>
    </message>
    <message>
        <source>torch’s kind of optimizer</source>
        <translation>torch 式优化器</translation>
    </message>
    <message>
        <source>function and derivative</source>
        <translation>函数与导数</translation>
    </message>
    <message>
        <source>loss with its gradient</source>
        <translation>损失及其梯度</translation>
    </message>
    <message>
        <source>forward and backward function</source>
        <translation>前向与反向函数</translation>
    </message>
    <message>
        <source>torch’s autograd function</source>
        <translation>torch 的 autograd 函数</translation>
    </message>
</context>
<context>
    <name>own_roles</name>
    <message>
        <source>the weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>its gradient</source>
        <translation>权重的梯度</translation>
    </message>
    <message>
        <source>the learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>the number of the step</source>
        <translation>第几步</translation>
    </message>
    <message>
        <source>a running mean or sum (m, v, …)</source>
        <translation>滑动均值或累加和（m、v……）</translation>
    </message>
    <message>
        <source>the state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>a dict of hyperparameters</source>
        <translation>超参数字典</translation>
    </message>
    <message>
        <source>the momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>the weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>the share that a mean keeps (α, ρ)</source>
        <translation>均值保留的份额（α、ρ）</translation>
    </message>
    <message>
        <source>the input z</source>
        <translation>输入 z</translation>
    </message>
    <message>
        <source>the output a</source>
        <translation>输出 a</translation>
    </message>
    <message>
        <source>the gradient of the output</source>
        <translation>输出的梯度</translation>
    </message>
    <message>
        <source>the slope of the negative side</source>
        <translation>负半轴的斜率</translation>
    </message>
    <message>
        <source>the network’s output</source>
        <translation>网络的输出</translation>
    </message>
    <message>
        <source>the target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>the input x</source>
        <translation>输入 x</translation>
    </message>
    <message>
        <source>the bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>what the forward pass kept</source>
        <translation>前向传播保留的内容</translation>
    </message>
    <message>
        <source>the probability with which a number is dropped</source>
        <translation>数被丢弃的概率</translation>
    </message>
</context>
<context>
    <name>parity</name>
    <message>
        <source>nothing compared before the first step</source>
        <translation>第一步之前没有可比较的数</translation>
    </message>
    <message>
        <source>in lockstep, every number equal</source>
        <translation>步调一致，所有数都相等</translation>
    </message>
    <message>
        <source>in lockstep, max |Δ| {distance}</source>
        <translation>步调一致，最大 |Δ| {distance}</translation>
    </message>
    <message>
        <source>in lockstep, apart by rounding alone</source>
        <translation>步调一致，仅有舍入上的差别</translation>
    </message>
    <message>
        <source>differs at step {step}, {place}: DIY {diy}, torch {torch}; every stage by itself is right, the step as a whole is not</source>
        <translation>在第 {step} 步、{place} 处不一致：DIY {diy}，torch {torch}；各阶段单独来看都正确，整步却不正确</translation>
    </message>
    <message>
        <source>unstable at step {step}, stage {stage}, {place}: right in exact arithmetic, but loses digits that torch keeps; DIY&apos;s error {diy}, torch&apos;s {torch}</source>
        <translation>在第 {step} 步、阶段 {stage}、{place} 处数值不稳定：精确计算时正确，但丢失了 torch 保留的有效数字；DIY 的误差为 {diy}，torch 的误差为 {torch}</translation>
    </message>
    <message>
        <source>unstable at step {step}, stage {stage}, {place}: right in exact arithmetic, but comes to NaN or infinity where torch does not; torch&apos;s error {torch}</source>
        <translation>在第 {step} 步、阶段 {stage}、{place} 处数值不稳定：精确计算时正确，但得到 NaN 或无穷大，而 torch 不会；torch 的误差为 {torch}</translation>
    </message>
    <message>
        <source>in lockstep, rounding drift up to {distance} since step {step}, growing at random</source>
        <translation>步调一致，有舍入漂移，最大 {distance}，始于第 {step} 步，随机增长</translation>
    </message>
    <message>
        <source>in lockstep, rounding drift up to {distance} since step {step}, growing steadily</source>
        <translation>步调一致，有舍入漂移，最大 {distance}，始于第 {step} 步，持续增长</translation>
    </message>
    <message>
        <source>in lockstep, rounding drift since step {step}, by now {distance}, growing at random</source>
        <translation>步调一致，从第 {step} 步起有舍入漂移，目前 {distance}，随机增长</translation>
    </message>
    <message>
        <source>in lockstep, rounding drift since step {step}, by now {distance}, growing steadily</source>
        <translation>步调一致，从第 {step} 步起有舍入漂移，目前 {distance}，持续增长</translation>
    </message>
    <message>
        <source>in lockstep since step {step}, after the change of code</source>
        <translation>更改代码之后，自第 {step} 步起步调一致</translation>
    </message>
    <message>
        <source>in lockstep since step {step}, after the change of code, but for the state that the code before left to it</source>
        <translation>更改代码之后，自第 {step} 步起步调一致，只有先前的代码留下的状态除外</translation>
    </message>
    <message>
        <source>its code was changed after step {step}, and what runs since is not judged yet</source>
        <translation>其代码在第 {step} 步之后更改过，此后运行的代码尚未评判</translation>
    </message>
    <message>
        <source>Before the change of code: {told}.</source>
        <translation>更改代码之前：{told}。</translation>
    </message>
    <message>
        <source>not finite from step {step} on, in DIY first: stage {stage}, {place}</source>
        <translation>从第 {step} 步起不再是有限数，先出现在 DIY 中：阶段 {stage}、{place}</translation>
    </message>
    <message>
        <source>not finite from step {step} on, in torch first: stage {stage}, {place}</source>
        <translation>从第 {step} 步起不再是有限数，先出现在 torch 中：阶段 {stage}、{place}</translation>
    </message>
    <message>
        <source>not finite from step {step} on, in DIY and torch at once: stage {stage}, {place}</source>
        <translation>从第 {step} 步起不再是有限数，同时出现在 DIY 和 torch 中：阶段 {stage}、{place}</translation>
    </message>
    <message>
        <source>{count} ULP</source>
        <translation>{count} ULP</translation>
    </message>
    <message>
        <source>{distance} (relative)</source>
        <translation>{distance}（相对）</translation>
    </message>
    <message>
        <source>as much as the numbers themselves</source>
        <translation>与数值本身相当</translation>
    </message>
    <message>
        <source>Last judged at step {step}; the steps between two judgements are screened.</source>
        <translation>上次判定在第 {step} 步；两次判定之间的各步只做筛查。</translation>
    </message>
    <message>
        <source>Not judged yet; every step is screened.</source>
        <translation>尚未判定；每一步都做筛查。</translation>
    </message>
    <message>
        <source>The updates of own code are judged up to step {step}; later ones are compared alone.</source>
        <translation>自己的代码所做的更新判定到第 {step} 步为止；之后的更新只做比较。</translation>
    </message>
    <message>
        <source>differs at step {step}, stage {stage}, {place}: log {diy}, torch {torch}</source>
        <translation>在第 {step} 步、阶段 {stage}、{place} 处不一致：日志 {diy}，torch {torch}</translation>
    </message>
    <message>
        <source>not finite from step {step} on, in the log first: stage {stage}, {place}</source>
        <translation>从第 {step} 步起不再是有限数，先出现在日志中：阶段 {stage}、{place}</translation>
    </message>
    <message>
        <source>{told}; not logged, so not judged: {what}</source>
        <translation>{told}；未记录因而未判定：{what}</translation>
    </message>
    <message>
        <source>{told}; judged at step 1 alone, as no weights are logged to take others from</source>
        <translation>{told}；只判定了第 1 步，因为没有记录可供其他步骤出发的权重</translation>
    </message>
    <message>
        <source>The log is judged up to step {step}; later steps are compared alone.</source>
        <translation>日志判定到第 {step} 步为止；之后的步骤只做比较。</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>optimizer state</source>
        <translation>优化器状态</translation>
    </message>
    <message>
        <source>past the end of OneCycleLR&apos;s plan: in step {step} torch would have raised ValueError, here the last rate is kept</source>
        <translation>已超出 OneCycleLR 的计划：torch 会在第 {step} 步抛出 ValueError，这里保持最后的学习率</translation>
    </message>
    <message>
        <source>Largest |Δ| of the run: {distance}.</source>
        <translation>整个运行中最大的 |Δ|：{distance}。</translation>
    </message>
    <message>
        <source>no pair: only {backend} runs</source>
        <translation>不成对：只运行 {backend}</translation>
    </message>
    <message>
        <source>press Run or Step to begin</source>
        <translation>按“运行”或“单步”开始</translation>
    </message>
    <message>
        <source>differs at step {step}, stage {stage}, {place}: DIY {diy}, torch {torch}</source>
        <translation>在第 {step} 步、阶段 {stage}、{place} 处不一致：DIY {diy}，torch {torch}</translation>
    </message>
    <message>
        <source>max |Δ|</source>
        <translation>最大 |Δ|</translation>
    </message>
    <message>
        <source>relative</source>
        <translation>相对</translation>
    </message>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Optimizer state</source>
        <translation>优化器状态</translation>
    </message>
    <message>
        <source>{distance} ({count} ULP)</source>
        <translation>{distance} ({count} ULP)</translation>
    </message>
</context>
<context>
    <name>parts</name>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>clipping</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>bias correction</source>
        <translation>偏差修正</translation>
    </message>
    <message>
        <source>scaling</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>made orthogonal</source>
        <translation>正交化</translation>
    </message>
    <message>
        <source>curvature</source>
        <translation>曲率</translation>
    </message>
    <message>
        <source>decoupled decay</source>
        <translation>解耦权重衰减</translation>
    </message>
    <message>
        <source>all else</source>
        <translation>其余全部</translation>
    </message>
    <message>
        <source>rounding</source>
        <translation>舍入</translation>
    </message>
    <message>
        <source>change Δw</source>
        <translation>变化量 Δw</translation>
    </message>
    <message>
        <source>The learning rate times the gradient: all that plain descent would do.</source>
        <translation>学习率乘以梯度：普通的梯度下降所做的仅此而已。</translation>
    </message>
    <message>
        <source>The gradients together, or this one, were too large: the optimizer was given less of it.</source>
        <translation>全部梯度合起来，或这一个梯度过大：交给优化器的较小。</translation>
    </message>
    <message>
        <source>A share of the weight is added to its gradient, which pulls it to 0.</source>
        <translation>把权重的一部分加到其梯度上，使权重向 0 靠拢。</translation>
    </message>
    <message>
        <source>What earlier gradients add to this one: the step keeps its course.</source>
        <translation>以前的梯度对这一步的贡献：更新保持原来的方向。</translation>
    </message>
    <message>
        <source>The running mean began at 0 and is still too small: the correction makes up for it.</source>
        <translation>滑动平均从 0 开始，目前仍然偏小：由偏差修正来补足。</translation>
    </message>
    <message>
        <source>Divided by the gradient&apos;s usual size √v, large gradients get smaller steps and small ones larger.</source>
        <translation>除以梯度通常的大小 √v：大的梯度步子变小，小的梯度步子变大。</translation>
    </message>
    <message>
        <source>All weights of the layer as one matrix, made orthogonal: it moves as far in every direction.</source>
        <translation>把该层的所有权重看作一个矩阵并正交化：沿每个方向移动得同样远。</translation>
    </message>
    <message>
        <source>How the gradient changed in the last iterations tells how far it is to the minimum: in a step, several directions found from that are followed.</source>
        <translation>由最近几次迭代中梯度的变化可知离最小值有多远：一步之中，沿由此求得的若干个方向移动。</translation>
    </message>
    <message>
        <source>Shrinks the weight by the rate times weight decay, on its own.</source>
        <translation>按学习率乘以权重衰减，单独使权重缩小。</translation>
    </message>
    <message>
        <source>All that the optimizer made of it besides: its parts are not known here.</source>
        <translation>优化器在此之外所做的一切：这里不知道它由哪些部分组成。</translation>
    </message>
    <message>
        <source>What floating-point numbers could not hold: computed exactly, the parts would add up without it.</source>
        <translation>浮点数容纳不下的零头：若精确计算，各部分无需它也能正好加起来。</translation>
    </message>
    <message>
        <source>All parts added up: by this much the weight has changed.</source>
        <translation>各部分之和：权重改变了这么多。</translation>
    </message>
</context>
<context>
    <name>paths</name>
    <message>
        <source>direct</source>
        <translation>直接</translation>
    </message>
    <message>
        <source>through the mean</source>
        <translation>经由均值</translation>
    </message>
    <message>
        <source>through the variance</source>
        <translation>经由方差</translation>
    </message>
    <message>
        <source>through the mean square</source>
        <translation>经由均方</translation>
    </message>
    <message>
        <source>past the inside</source>
        <translation>绕过内部</translation>
    </message>
    <message>
        <source>through the inside</source>
        <translation>经过内部</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Test function</source>
        <translation>测试函数</translation>
    </message>
    <message>
        <source>function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>condition number</source>
        <translation>条件数</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Schema number</source>
        <translation>格式版本号</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>shuffle seed</source>
        <translation>打乱种子</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>各层</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>first weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>given weights</source>
        <translation>指定的权重</translation>
    </message>
    <message>
        <source>shuffle</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>hyperparameters</source>
        <translation>超参数</translation>
    </message>
    <message>
        <source>groups</source>
        <translation>参数组</translation>
    </message>
    <message>
        <source>pattern</source>
        <translation>名称模式</translation>
    </message>
    <message>
        <source>“Runs as”</source>
        <translation>“运行方式”</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>start factor</source>
        <translation>起始系数</translation>
    </message>
    <message>
        <source>clipping</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>hit</source>
        <translation>命中次数</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>standardising</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>decimal mark</source>
        <translation>小数点</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>quantity</source>
        <translation>量</translation>
    </message>
    <message>
        <source>lane</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{place} {text}</source>
        <translation>{place}：{text}</translation>
    </message>
    <message>
        <source>schedule {number}</source>
        <translation>调度 {number}</translation>
    </message>
    <message>
        <source>start {coordinate}</source>
        <translation>起点 {coordinate}</translation>
    </message>
    <message>
        <source>row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>entry {number}</source>
        <translation>第 {number} 项</translation>
    </message>
    <message>
        <source>group {number}</source>
        <translation>参数组 {number}</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>A long bent valley: easy to get into, hard to follow to its lowest point (1, 1).</source>
        <translation>一条弯曲的长谷：进谷容易，沿谷走到最低点 (1, 1) 却难。</translation>
    </message>
    <message>
        <source>A wide plain between steep walls; lowest at (3, 0.5).</source>
        <translation>陡壁之间的一片宽阔平地；最低点在 (3, 0.5)。</translation>
    </message>
    <message>
        <source>Four equally low points, one of them (3, 2): which is found depends on the start and the steps.</source>
        <translation>四个同样低的点，其中之一是 (3, 2)：找到哪一个取决于起点和步子。</translation>
    </message>
    <message>
        <source>It rises along x and falls along y for ever: near y = 0 there is hardly a slope to follow.</source>
        <translation>沿 x 上升，沿 y 无限下降：在 y = 0 附近几乎没有坡度可循。</translation>
    </message>
    <message>
        <source>A bowl, κ times as curved along y as along x: the larger κ, the harder for plain descent.</source>
        <translation>碗形，沿 y 的曲率是沿 x 的 κ 倍：κ 越大，普通的梯度下降越难。</translation>
    </message>
</context>
<context>
    <name>race</name>
    <message>
        <source>Final loss</source>
        <translation>最终损失</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>最低损失</translation>
    </message>
    <message>
        <source>Steps to target</source>
        <translation>达标步数</translation>
    </message>
    <message>
        <source>Area, log</source>
        <translation>对数面积</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>µs per step</source>
        <translation>每步 µs</translation>
    </message>
    <message>
        <source>Microseconds of compute per step, measured on this machine: each run has others</source>
        <translation>每步的计算时间 (微秒)，在本机上测得：每次运行都不相同</translation>
    </message>
    <message>
        <source>Compute, s</source>
        <translation>耗时 (s)</translation>
    </message>
    <message>
        <source>Evaluations</source>
        <translation>求值次数</translation>
    </message>
    <message>
        <source>How often the loss and its gradient were worked out; once a step, but for LBFGS</source>
        <translation>计算损失及其梯度的次数；除 LBFGS 外，每步一次</translation>
    </message>
    <message>
        <source>Best at step</source>
        <translation>最低所在步</translation>
    </message>
    <message>
        <source>The loss over all training rows, at the weights that the step shown has led to</source>
        <translation>所示步之后的权重在全部训练行上的损失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>The share of training rows that are answered with the right class, at the weights that the step shown has led to; of large data it is worked out when the run pauses</source>
        <translation>在所显示的步到达的权重处，训练行中类别答对的比例；数据很大时，在运行暂停时才计算</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>测试准确率</translation>
    </message>
    <message>
        <source>The share of test rows that are answered with the right class</source>
        <translation>测试行中类别答对的比例</translation>
    </message>
    <message>
        <source>Test loss</source>
        <translation>测试损失</translation>
    </message>
    <message>
        <source>The loss over the rows that only test, at the weights that the step shown has led to</source>
        <translation>在所显示的步到达的权重处，只用于测试的行上的损失</translation>
    </message>
    <message>
        <source>The lowest loss over all training rows that is known, up to the step shown</source>
        <translation>截至所示步，已知的全部训练行上的最低损失</translation>
    </message>
    <message>
        <source>After how many steps the loss over all rows was first known to be at most the target; set one above the plot</source>
        <translation>经过多少步之后，全部行上的损失首次已知不高于目标；可在图上方设定目标</translation>
    </message>
    <message>
        <source>The area under the curve of the logarithm of each batch&apos;s loss, per step: the mean of log10(loss). Lower is faster; −2 is a loss of 0.01 on (geometric) average</source>
        <translation>各批次损失的对数曲线下每步的面积：log10(损失) 的平均值。越低越快；−2 表示损失的 (几何) 平均为 0.01</translation>
    </message>
    <message>
        <source>The length of the gradient over all weights, in the step shown</source>
        <translation>所示步中梯度在全部权重上的长度</translation>
    </message>
    <message>
        <source>Seconds that this lane has computed up to the step shown</source>
        <translation>截至所示步，此通道的计算时间 (秒)</translation>
    </message>
    <message>
        <source>The step after which the loss was lowest; 0 is the start</source>
        <translation>在哪一步之后损失最低；0 为起点</translation>
    </message>
    <message>
        <source>State, B/weight</source>
        <translation>状态 (B/权重)</translation>
    </message>
    <message>
        <source>What the optimizer remembers between two steps, in bytes per weight</source>
        <translation>优化器在两步之间保存的量，以每个权重的字节数计</translation>
    </message>
    <message>
        <source>Parity, max |Δ|</source>
        <translation>一致性，最大 |Δ|</translation>
    </message>
    <message>
        <source>How far DIY and torch are apart at the newest step: ✓ in lockstep, ≈ with rounding drift, ✗ they differ, ↯ unstable, ∞ not finite</source>
        <translation>最新一步中 DIY 与 torch 相差多远：✓ 步调一致，≈ 有舍入漂移，✗ 不一致，↯ 数值不稳定，∞ 不是有限数</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Compute, in seconds</source>
        <translation>计算时间 (秒)</translation>
    </message>
    <message>
        <source>Gradient evaluations</source>
        <translation>梯度求值次数</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>求值次数</translation>
    </message>
    <message>
        <source>One optimizer step after another</source>
        <translation>优化器一步接一步</translation>
    </message>
    <message>
        <source>The seconds that each lane itself has computed, measured on this machine</source>
        <translation>每条通道自身的计算时间 (秒)，在本机上测得</translation>
    </message>
    <message>
        <source>How often the loss and its gradient were worked out: LBFGS does so several times a step</source>
        <translation>计算损失及其梯度的次数：LBFGS 每步要算多次</translation>
    </message>
    <message>
        <source>{own} and torch</source>
        <translation>{own} 和 torch</translation>
    </message>
    <message>
        <source>torch</source>
        <translation>torch</translation>
    </message>
    <message>
        <source>at step {place}</source>
        <translation>第 {place} 步</translation>
    </message>
    <message>
        <source>at {place} s</source>
        <translation>{place} s 时</translation>
    </message>
    <message>
        <source>after {place} evaluations</source>
        <translation>{place} 次求值之后</translation>
    </message>
    <message>
        <source>batch of step {place}</source>
        <translation>第 {place} 步的批次</translation>
    </message>
    <message>
        <source>after step {step}</source>
        <translation>第 {step} 步之后</translation>
    </message>
    <message>
        <source>Press Run or Step to begin the race</source>
        <translation>按“运行”或“单步”开始竞速</translation>
    </message>
    <message>
        <source>Every entry is hidden: tick one in the legend</source>
        <translation>所有条目都已隐藏：请在图例中勾选一个</translation>
    </message>
    <message>
        <source>No loss here can be drawn on this scale</source>
        <translation>此处的损失无法用此坐标绘出</translation>
    </message>
    <message>
        <source>Drag a rectangle to zoom; a double click or Home shows the whole race again.
← → move the crosshair, + and − zoom, Esc takes the crosshair away.
The numbers at the curves&apos; ends are those of the legend.</source>
        <translation>拖出矩形以放大；双击或按 Home 键重新显示全程。
← → 移动十字线，+ 和 − 缩放，Esc 取消十字线。
曲线末端的编号与图例中的相同。</translation>
    </message>
    <message>
        <source>{lane} (earlier)</source>
        <translation>{lane}（早先）</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>en</source>
        <translation>zh-CN</translation>
    </message>
    <message>
        <source>Comparison of optimizers</source>
        <translation>优化器比较</translation>
    </message>
    <message>
        <source>made {when}</source>
        <translation>生成于 {when}</translation>
    </message>
    <message>
        <source>Lockstep {lockstep}, PyTorch {torch}, NumPy {numpy}, Python {python}</source>
        <translation>Lockstep {lockstep}，PyTorch {torch}，NumPy {numpy}，Python {python}</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Compute is measured on the machine that ran this: another run has other times.</source>
        <translation>耗时在运行所用的机器上测得：另一次运行的时间会不同。</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Final loss</source>
        <translation>最终损失</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>最低损失</translation>
    </message>
    <message>
        <source>Best at step</source>
        <translation>最低所在步</translation>
    </message>
    <message>
        <source>Steps to target</source>
        <translation>达标步数</translation>
    </message>
    <message>
        <source>Area, log</source>
        <translation>对数面积</translation>
    </message>
    <message>
        <source>After step {at}. Final and best loss are over all training rows.</source>
        <translation>第 {at} 步之后。最终损失和最低损失是在全部训练行上的。</translation>
    </message>
    <message>
        <source>The run stands at step {at} of the {step} that are recorded; curves and paths are of all.</source>
        <translation>运行停在已记录的 {step} 步中的第 {at} 步；曲线和路径包括全部步。</translation>
    </message>
    <message>
        <source>Own code ended the run there: {told}.</source>
        <translation>自己的代码使运行在那里结束：{told}。</translation>
    </message>
    <message>
        <source>The loss over all rows was worked out every {every} steps, and at the end.</source>
        <translation>全部行上的损失每 {every} 步计算一次，结束时再算一次。</translation>
    </message>
    <message>
        <source>Test loss is over the rows that were kept from training, worked out every {every} steps.</source>
        <translation>测试损失是在未参与训练的行上的，每 {every} 步计算一次。</translation>
    </message>
    <message>
        <source>Steps to target: after so many, the loss over the test rows was first found to be at most {target}.</source>
        <translation>达标步数：经过这么多步之后，测试行上的损失首次不高于 {target}。</translation>
    </message>
    <message>
        <source>Steps to target: after so many, the loss over all rows was first found to be at most {target}.</source>
        <translation>达标步数：经过这么多步之后，全部行上的损失首次不高于 {target}。</translation>
    </message>
    <message>
        <source>Test loss</source>
        <translation>测试损失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>测试准确率</translation>
    </message>
    <message>
        <source>Accuracy is the share of rows that are answered with the right class.</source>
        <translation>准确率是类别答对的行所占的比例。</translation>
    </message>
    <message>
        <source>Area, log: the mean of log10 of the batches&apos; losses over the steps; lower is faster.</source>
        <translation>对数面积：各步批次损失的 log10 的平均值；越低越快。</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>µs per step</source>
        <translation>每步 µs</translation>
    </message>
    <message>
        <source>Compute, s</source>
        <translation>耗时 (s)</translation>
    </message>
    <message>
        <source>Evaluations</source>
        <translation>求值次数</translation>
    </message>
    <message>
        <source>State, B/weight</source>
        <translation>状态 (B/权重)</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>Max |Δ|</source>
        <translation>最大 |Δ|</translation>
    </message>
    <message>
        <source>in lockstep</source>
        <translation>步调一致</translation>
    </message>
    <message>
        <source>rounding drift</source>
        <translation>舍入漂移</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>unstable</source>
        <translation>数值不稳定</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>不是有限数</translation>
    </message>
    <message>
        <source>DIY beside torch</source>
        <translation>DIY 与 torch 对照</translation>
    </message>
    <message>
        <source>Logs and DIY beside torch</source>
        <translation>日志和 DIY 与 torch 对照</translation>
    </message>
    <message>
        <source>No entry has both a DIY and a torch lane: nothing is compared.</source>
        <translation>没有同时具有 DIY 和 torch 通道的条目：没有可比较的。</translation>
    </message>
    <message>
        <source>{label}: {told}.</source>
        <translation>{label}：{told}。</translation>
    </message>
    <message>
        <source>Loss over steps</source>
        <translation>损失随步数的变化</translation>
    </message>
    <message>
        <source>Loss over seconds of compute</source>
        <translation>损失随计算时间的变化</translation>
    </message>
    <message>
        <source>Loss over gradient evaluations</source>
        <translation>损失随梯度求值次数的变化</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>loss of the batch</source>
        <translation>批次的损失</translation>
    </message>
    <message>
        <source>all rows: dotted</source>
        <translation>全部行：点线</translation>
    </message>
    <message>
        <source>test rows: diamonds</source>
        <translation>测试行：菱形</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>compute, in seconds</source>
        <translation>计算时间 (秒)</translation>
    </message>
    <message>
        <source>gradient evaluations</source>
        <translation>梯度求值次数</translation>
    </message>
    <message>
        <source>DIY: broad, pale</source>
        <translation>DIY：浅色粗线</translation>
    </message>
    <message>
        <source>log: broad, pale</source>
        <translation>日志：宽而淡</translation>
    </message>
    <message>
        <source>torch: dashed</source>
        <translation>torch：虚线</translation>
    </message>
    <message>
        <source>There is no loss to be drawn</source>
        <translation>没有可画的损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>{entry}, weights in no group</source>
        <translation>{entry}，不属于任何组的权重</translation>
    </message>
    <message>
        <source>{entry}, group {match}</source>
        <translation>{entry}，组 {match}</translation>
    </message>
    <message>
        <source>Of the entries that have a schedule.</source>
        <translation>使用学习率调度的条目。</translation>
    </message>
    <message>
        <source>Loss surface with paths</source>
        <translation>损失曲面与轨迹</translation>
    </message>
    <message>
        <source>Two weights vary, all others stay as they are.</source>
        <translation>两个权重变化，其余保持不变。</translation>
    </message>
    <message>
        <source>The test function itself.</source>
        <translation>测试函数本身。</translation>
    </message>
    <message>
        <source>The two directions along which all paths spread most; they explain {first} and {second} of the paths&apos; variance.</source>
        <translation>所有轨迹分布最广的两个方向；它们分别解释轨迹方差的 {first} 和 {second}。</translation>
    </message>
    <message>
        <source>Two random directions, scaled to the length of each unit&apos;s weights.</source>
        <translation>两个随机方向，按每个单元权重的长度缩放。</translation>
    </message>
    <message>
        <source>Not all of it had been worked out yet.</source>
        <translation>当时尚未全部算出。</translation>
    </message>
    <message>
        <source>○ start, ★ lowest loss of a path; the number is the entry&apos;s.</source>
        <translation>○ 起点，★ 轨迹的最低损失；数字是条目的编号。</translation>
    </message>
    <message>
        <source>✕ the function&apos;s own minimum.</source>
        <translation>✕ 函数自身的最小值点。</translation>
    </message>
    <message>
        <source>direction {number}</source>
        <translation>方向 {number}</translation>
    </message>
    <message>
        <source>hatched: not finite</source>
        <translation>斜线：不是有限的数</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>{label}: loss after {steps} steps</source>
        <translation>{label}：{steps} 步之后的损失</translation>
    </message>
    <message>
        <source>, {count} seeds</source>
        <translation>，{count} 个种子</translation>
    </message>
    <message>
        <source>Lowest: {values}, loss {loss}.</source>
        <translation>最低：{values}，损失 {loss}。</translation>
    </message>
    <message>
        <source>Lowest: {values}, test loss {loss}.</source>
        <translation>最低：{values}，测试损失 {loss}。</translation>
    </message>
    <message>
        <source>{count} of {all} diverged.</source>
        <translation>{all} 个中有 {count} 个发散。</translation>
    </message>
    <message>
        <source>all seeds</source>
        <translation>所有种子</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>final loss</source>
        <translation>最终损失</translation>
    </message>
    <message>
        <source>test loss</source>
        <translation>测试损失</translation>
    </message>
    <message>
        <source>hatched: diverged</source>
        <translation>斜线：发散</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>{rows} rows, {inputs} inputs, {outputs} outputs</source>
        <translation>{rows} 行，{inputs} 个输入，{outputs} 个输出</translation>
    </message>
    <message>
        <source>{rows} rows, {inputs} inputs, {classes} classes</source>
        <translation>{rows} 行，{inputs} 个输入，{classes} 个类别</translation>
    </message>
    <message>
        <source>{data}; {tested} of the rows only test</source>
        <translation>{data}；其中 {tested} 行只用于测试</translation>
    </message>
    <message>
        <source>{data}; {tested} of the rows only test, drawn by seed {seed}</source>
        <translation>{data}；其中 {tested} 行只用于测试，按种子 {seed} 抽取</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Test function</source>
        <translation>测试函数</translation>
    </message>
    <message>
        <source>{name} from ({x}, {y})</source>
        <translation>{name}，从 ({x}, {y}) 出发</translation>
    </message>
    <message>
        <source>, condition {condition}</source>
        <translation>，条件数 {condition}</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>given weights</source>
        <translation>指定的权重</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>{size} rows</source>
        <translation>{size} 行</translation>
    </message>
    <message>
        <source>{size}, shuffled, seed {seed}</source>
        <translation>{size}，打乱，种子 {seed}</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Settings of each entry</source>
        <translation>各条目的设置</translation>
    </message>
    <message>
        <source>With everything that stood at its default, as the experiment file&apos;s optimizers have it.</source>
        <translation>包括取默认值的各项，写法与实验文件中的 optimizers 相同。</translation>
    </message>
    <message>
        <source>Changed during the run</source>
        <translation>运行中的更改</translation>
    </message>
    <message>
        <source>The settings above are those that the run began with.</source>
        <translation>以上是运行开始时的设置。</translation>
    </message>
    <message>
        <source>After step {step}, {label}: {changes}</source>
        <translation>第 {step} 步之后，{label}：{changes}</translation>
    </message>
    <message>
        <source>The experiment file</source>
        <translation>实验文件</translation>
    </message>
    <message>
        <source>Save it with the ending .json to open it in Lockstep or to run it by the command.</source>
        <translation>以 .json 为扩展名保存，即可在 Lockstep 中打开，或用命令运行。</translation>
    </message>
    <message>
        <source>The experiment file is too large for this page: {size}.</source>
        <translation>实验文件过大，无法放入此页：{size}。</translation>
    </message>
</context>
<context>
    <name>script</name>
    <message>
        <source>no line</source>
        <translation>没有行号</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>cell {cell}, line {line}</source>
        <translation>单元格 {cell} 第 {line} 行</translation>
    </message>
    <message>
        <source>Stopped in {place}: what ran until then is judged.</source>
        <translation>停在{place}：判定的是此前运行过的部分。</translation>
    </message>
    <message>
        <source>{own} departs from torch&apos;s {reference} in {place}: {values}.</source>
        <translation>{own} 在{place}偏离 torch 的 {reference}：{values}。</translation>
    </message>
    <message>
        <source>No two values that ran belong together.</source>
        <translation>运行过的值中没有两个是一对。</translation>
    </message>
    <message>
        <source>{count} values beside torch&apos;s: every bit is the same.</source>
        <translation>与 torch 对照的 {count} 个值：每一位都相同。</translation>
    </message>
    <message>
        <source>{count} values beside torch&apos;s: {exact} the same bits, the rest but for rounding.</source>
        <translation>与 torch 对照的 {count} 个值：{exact} 个逐位相同，其余只差舍入。</translation>
    </message>
    <message>
        <source>{words} ({place})</source>
        <translation>{words}（{place}）</translation>
    </message>
    <message>
        <source>Every bit is that of torch&apos;s {against}.</source>
        <translation>每一位都与 torch 的 {against} 相同。</translation>
    </message>
    <message>
        <source>It is torch&apos;s {against}, but for the rounding of single operations.</source>
        <translation>就是 torch 的 {against}，只差个别运算的舍入。</translation>
    </message>
    <message>
        <source>Right as {against} in exact arithmetic, but not in these numbers.</source>
        <translation>作为 {against}，在精确算术下正确，但用这些数算则不然。</translation>
    </message>
    <message>
        <source>Not torch&apos;s {against}, and no departure that is known by name.</source>
        <translation>不是 torch 的 {against}，也不是有名称的已知偏离。</translation>
    </message>
    <message>
        <source>Another convention than that of torch&apos;s {against}: {words}</source>
        <translation>与 torch 的 {against} 约定不同：{words}</translation>
    </message>
    <message>
        <source>Not torch&apos;s {against}, by a known mistake: {words}</source>
        <translation>不是 torch 的 {against}，是一种已知的错误：{words}</translation>
    </message>
    <message>
        <source>it {does}; torch {torch}</source>
        <translation>它{does}；torch {torch}</translation>
    </message>
    <message>
        <source>An optimizer ({form}) beside torch&apos;s {against}, in {dtype}.</source>
        <translation>优化器（{form}），与 torch 的 {against} 对照，{dtype}。</translation>
    </message>
    <message>
        <source>An activation ({form}) beside torch&apos;s {against}, in {dtype}.</source>
        <translation>激活函数（{form}），与 torch 的 {against} 对照，{dtype}。</translation>
    </message>
    <message>
        <source>A loss ({form}) beside torch&apos;s {against}, in {dtype}.</source>
        <translation>损失函数（{form}），与 torch 的 {against} 对照，{dtype}。</translation>
    </message>
    <message>
        <source>A layer ({form}) beside torch&apos;s {against}, in {dtype}.</source>
        <translation>层（{form}），与 torch 的 {against} 对照，{dtype}。</translation>
    </message>
    <message>
        <source>First apart in step {step}: {values}.</source>
        <translation>第 {step} 步首次不同：{values}。</translation>
    </message>
    <message>
        <source>With the rounding of {place} ({id}) as torch has it, torch&apos;s bits come out.</source>
        <translation>{place}的舍入（{id}）若照 torch 的方式，得到的就是 torch 的各位。</translation>
    </message>
    <message>
        <source>{name} is {own} here, {reference} in torch</source>
        <translation>{name} 在这里是 {own}，在 torch 中是 {reference}</translation>
    </message>
    <message>
        <source>same bits</source>
        <translation>逐位相同</translation>
    </message>
    <message>
        <source>rounding</source>
        <translation>舍入</translation>
    </message>
    <message>
        <source>departs</source>
        <translation>偏离</translation>
    </message>
    <message>
        <source>follows</source>
        <translation>随之偏离</translation>
    </message>
    <message>
        <source>It departs, but only follows from {own}.</source>
        <translation>有偏离，但只是由 {own} 引起的。</translation>
    </message>
    <message>
        <source>Every bit is torch&apos;s.</source>
        <translation>每一位都与 torch 相同。</translation>
    </message>
    <message>
        <source>No further from torch&apos;s than rounding may move that.</source>
        <translation>与 torch 的距离不超过舍入所能造成的。</translation>
    </message>
    <message>
        <source>Further from torch&apos;s than rounding explains.</source>
        <translation>与 torch 的距离超出舍入所能解释的。</translation>
    </message>
    <message>
        <source>Paired as told.</source>
        <translation>按指定配对。</translation>
    </message>
    <message>
        <source>Paired by name.</source>
        <translation>按名称配对。</translation>
    </message>
    <message>
        <source>Paired by value: a guess. Is it meant?</source>
        <translation>按数值配对：只是猜测。是一对吗？</translation>
    </message>
    <message>
        <source>{own} is torch&apos;s {reference}, bit for bit.</source>
        <translation>{own} 与 torch 的 {reference} 逐位相同。</translation>
    </message>
    <message>
        <source>{own} is torch&apos;s {reference}, but for rounding.</source>
        <translation>{own} 就是 torch 的 {reference}，只差舍入。</translation>
    </message>
    <message>
        <source>{values}.</source>
        <translation>{values}。</translation>
    </message>
    <message>
        <source>That is in turn {turn} of its loop.</source>
        <translation>发生在循环的第 {turn} 轮。</translation>
    </message>
    <message>
        <source>With torch&apos;s value of {own} put in, this line is right: it only follows from that.</source>
        <translation>代入 torch 的 {own} 后这一行是对的：它只是由此引起的。</translation>
    </message>
    <message>
        <source>All of it is {number} times torch&apos;s.</source>
        <translation>整体是 torch 的 {number} 倍。</translation>
    </message>
    <message>
        <source>With torch&apos;s values put in, its own line gives {number} times torch&apos;s.</source>
        <translation>代入 torch 的值后，这一行自身得到 torch 的 {number} 倍。</translation>
    </message>
    <message>
        <source>It changed {number} times as much as torch&apos;s.</source>
        <translation>它的变化量是 torch 的 {number} 倍。</translation>
    </message>
    <message>
        <source>It is torch&apos;s, transposed.</source>
        <translation>是 torch 的转置。</translation>
    </message>
    <message>
        <source>It is torch&apos;s once it is summed over axis {number}.</source>
        <translation>沿轴 {number} 求和后就是 torch 的。</translation>
    </message>
    <message>
        <source>Its shape is not that of torch&apos;s.</source>
        <translation>形状与 torch 的不同。</translation>
    </message>
    <message>
        <source>It is not finite where torch&apos;s is.</source>
        <translation>torch 是有限数的地方，它不是。</translation>
    </message>
    <message>
        <source>The sign is the other one: {text}</source>
        <translation>符号相反：{text}</translation>
    </message>
    <message>
        <source>That is {equals}.</source>
        <translation>这等于 {equals}。</translation>
    </message>
    <message>
        <source>Only what came before torch&apos;s operation {operation:,} is judged.</source>
        <translation>只判定 torch 第 {operation:,} 次运算之前的部分。</translation>
    </message>
    <message>
        <source>Not judged, as they came later: {names}.</source>
        <translation>出现得太晚，没有判定：{names}。</translation>
    </message>
    <message>
        <source>{own}, {place}, comes near torch&apos;s {reference}. If it is to be that, pair them.</source>
        <translation>{own}（{place}）接近 torch 的 {reference}。如果本应是它，请把两者配成一对。</translation>
    </message>
    <message>
        <source>Lines for the notebook or a shell (% or !) did not run: {count}.</source>
        <translation>给笔记本或命令行的行（% 或 !）没有运行：{count} 行。</translation>
    </message>
    <message>
        <source>Starting… {seconds:.0f} s</source>
        <translation>正在启动… {seconds:.0f} 秒</translation>
    </message>
    <message>
        <source>Running, {place}: {seconds:.0f} s. What ran is judged if you stop it.</source>
        <translation>正在运行，{place}：{seconds:.0f} 秒。停止后判定已运行的部分。</translation>
    </message>
    <message>
        <source>Run {file}? It runs as it is, with all that it does to files and elsewhere, in a process of its own. Nothing of it has run yet.</source>
        <translation>运行 {file} 吗？它会原样运行，对文件和其他地方所做的一切都会发生，在单独的进程中。目前还什么都没有运行。</translation>
    </message>
    <message>
        <source>Run {file} beside torch? Its top level runs once, as an import does, in a process of its own. Nothing of it has run yet.</source>
        <translation>把 {file} 与 torch 对照运行吗？它的顶层会像导入那样运行一次，在单独的进程中。目前还什么都没有运行。</translation>
    </message>
</context>
<context>
    <name>script_failures</name>
    <message>
        <source>No own value is named as one of torch&apos;s (dW and W.grad, W_np and W) or comes out near one. Name a pair below.</source>
        <translation>没有哪个你的值与 torch 的名称对应（dW 与 W.grad，W_np 与 W），也没有数值相近的。请在下方指定一对。</translation>
    </message>
    <message>
        <source>Of the pair {pair} not both values are ever there.</source>
        <translation>{pair} 这一对的两个值没有都出现过。</translation>
    </message>
    <message>
        <source>It cannot be read: {detail}</source>
        <translation>无法读取：{detail}</translation>
    </message>
    <message>
        <source>It is no notebook that can be read.</source>
        <translation>不是可以读取的笔记本。</translation>
    </message>
    <message>
        <source>No end: a call took more than {seconds} s.</source>
        <translation>没有结束：一次调用超过 {seconds} 秒。</translation>
    </message>
    <message>
        <source>No end: it did not answer within {seconds} s.</source>
        <translation>没有结束：{seconds} 秒内没有回应。</translation>
    </message>
    <message>
        <source>It prints without end: more than {count} characters.</source>
        <translation>输出没完没了：超过 {count} 个字符。</translation>
    </message>
    <message>
        <source>It crashed Python: {detail}</source>
        <translation>它使 Python 崩溃：{detail}</translation>
    </message>
    <message>
        <source>The code ended its process ({how}).</source>
        <translation>代码结束了自己的进程（{how}）。</translation>
    </message>
    <message>
        <source>It could not be stopped, and was ended.</source>
        <translation>无法停止，已强制结束。</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>The process that judges it has ended.</source>
        <translation>判定它的进程已结束。</translation>
    </message>
    <message>
        <source>MemoryError: more memory than it may have</source>
        <translation>MemoryError：所用内存超出允许的量</translation>
    </message>
    <message>
        <source>RecursionError: it calls itself without end</source>
        <translation>RecursionError：它无休止地调用自己</translation>
    </message>
    <message>
        <source>SystemExit: the code ends the program ({detail})</source>
        <translation>SystemExit：代码结束了程序（{detail}）</translation>
    </message>
    <message>
        <source>Nothing of a known form is found in it.</source>
        <translation>其中没有已知形式的内容。</translation>
    </message>
    <message>
        <source>Nothing of a known form is found in it, and it has nothing to do with torch.</source>
        <translation>其中没有已知形式的代码，也与 torch 无关。</translation>
    </message>
    <message>
        <source>It holds several, {names}: which of them is meant?</source>
        <translation>其中有多个（{names}），指的是哪一个？</translation>
    </message>
    <message>
        <source>There is no {name} in it, nor anything of a known form.</source>
        <translation>其中没有 {name}，也没有任何已知形式的内容。</translation>
    </message>
    <message>
        <source>There is no {name} in it, but {names}: which of them is meant?</source>
        <translation>其中没有 {name}，但有 {names}，指的是哪一个？</translation>
    </message>
    <message>
        <source>What is {names} of {about}?</source>
        <translation>{about} 的 {names} 是什么？</translation>
    </message>
    <message>
        <source>{name} is nothing of a known form.</source>
        <translation>{name} 不是已知的形式。</translation>
    </message>
    <message>
        <source>Something is still to be written where ... stands.</source>
        <translation>... 处还有内容要写。</translation>
    </message>
    <message>
        <source>No way to call {name} was found: {detail}</source>
        <translation>找不到调用 {name} 的方式：{detail}</translation>
    </message>
    <message>
        <source>No way to call {name} was found.</source>
        <translation>找不到调用 {name} 的方式。</translation>
    </message>
    <message>
        <source>{name} has no backward pass beside it.</source>
        <translation>{name} 旁边没有反向传播。</translation>
    </message>
    <message>
        <source>It has no derivative beside it.</source>
        <translation>它旁边没有导数。</translation>
    </message>
    <message>
        <source>It does not repeat itself: of the same input it made something else.</source>
        <translation>它不可重复：相同的输入得出了不同的结果。</translation>
    </message>
    <message>
        <source>It does not repeat itself: from the same start it came to other weights.</source>
        <translation>它不可重复：从相同的起点得出了不同的权重。</translation>
    </message>
    <message>
        <source>It can be called with square weights alone.</source>
        <translation>它只能用方阵权重调用。</translation>
    </message>
    <message>
        <source>The loss is no single number, but has the shape {shape}.</source>
        <translation>损失不是单个数，其形状为 {shape}。</translation>
    </message>
    <message>
        <source>It gives no {role}.</source>
        <translation>它没有给出 {role}。</translation>
    </message>
    <message>
        <source>{name} does not come out.</source>
        <translation>没有得出 {name}。</translation>
    </message>
    <message>
        <source>{name} comes out in the shape {shape}, not {other}.</source>
        <translation>得出的 {name} 的形状是 {shape}，而不是 {other}。</translation>
    </message>
    <message>
        <source>{role} has the shape {shape}, and {other} {wanted}.</source>
        <translation>{role} 的形状是 {shape}，而 {other} 的是 {wanted}。</translation>
    </message>
    <message>
        <source>{pair}: {name} is no name of a value.</source>
        <translation>{pair}：{name} 不是值的名称。</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>The loss turns the distance between the network&apos;s answers and the right ones into a single number: the one that training makes small.</source>
        <translation>损失把网络的答案与正确答案之间的距离变成一个数：训练就是要使它变小。</translation>
    </message>
    <message>
        <source>The chain rule goes back through layer {layer}: how the loss changes with each output, times how the output changes with z, times how z changes with each weight.</source>
        <translation>链式法则反向穿过第 {layer} 层：损失对每个输出的导数，乘以输出对 z 的导数，再乘以 z 对每个权重的导数。</translation>
    </message>
    <message>
        <source>Layer {layer} weighs its inputs and adds them up: each unit&apos;s z is the sum of all inputs, each times its weight, plus the unit&apos;s bias where it has one.</source>
        <translation>第 {layer} 层对输入加权求和：每个单元的 z 等于所有输入各乘以其权重之和，有偏置时再加上该单元的偏置。</translation>
    </message>
    <message>
        <source>Layer {layer} makes z of its inputs, as {kind} does.</source>
        <translation>第 {layer} 层按 {kind} 的方式由输入得到 z。</translation>
    </message>
    <message>
        <source>Layer {layer} takes each row&apos;s mean from it and divides by the row&apos;s standard deviation; then each column is scaled and shifted by numbers that are learned.</source>
        <translation>第 {layer} 层从每一行减去其均值，再除以该行的标准差；然后每一列用学到的数缩放并平移。</translation>
    </message>
    <message>
        <source>Layer {layer} takes each column&apos;s mean over the batch from it and divides by the column&apos;s standard deviation; then it is scaled and shifted by numbers that are learned. Running averages of both are kept, by which the network is evaluated.</source>
        <translation>第 {layer} 层从每一列减去其在批次上的均值，再除以该列的标准差；然后用学到的数缩放并平移。均值和方差的滑动平均被保留下来，评估网络时使用。</translation>
    </message>
    <message>
        <source>Layer {layer} sets some of its inputs to 0, drawn anew in each step, and enlarges the others by as much, so that their sum stays about the same. What is evaluated is left as it is.</source>
        <translation>第 {layer} 层把一部分输入置为 0，每一步重新抽取，并相应放大其余输入，使总和大致不变。评估时保持原样。</translation>
    </message>
    <message>
        <source>Layer {layer} lays the numbers of each row end to end, whatever axes they had. Nothing is computed.</source>
        <translation>第 {layer} 层把每一行的数首尾相接地排开，不论它们原来有哪些轴。什么也不计算。</translation>
    </message>
    <message>
        <source>Layer {layer} looks up a vector for each whole number of x: number i is row i of the weight, which is learned.</source>
        <translation>第 {layer} 层为 x 的每个整数查出一个向量：整数 i 对应权重的第 i 行，权重是学出来的。</translation>
    </message>
    <message>
        <source>Layer {layer} divides each row by the root of its mean square; then each column is scaled by a number that is learned. The mean stays.</source>
        <translation>第 {layer} 层把每一行除以其均方根；然后每一列用学到的数缩放。均值保持不变。</translation>
    </message>
    <message>
        <source>Layer {layer} adds its input, which skipped the layers inside, to what they made of it: they need only learn what to add.</source>
        <translation>第 {layer} 层把绕过内部各层的输入与它们由此得到的结果相加：内部各层只需学会要加上什么。</translation>
    </message>
    <message>
        <source>The chain rule goes back through layer {layer} on three paths, which add up: a number moves its own output, and through the mean and the variance those of its whole row.</source>
        <translation>链式法则沿三条路径反向穿过第 {layer} 层，三者相加：一个数影响它自己的输出，又经由均值和方差影响整行的输出。</translation>
    </message>
    <message>
        <source>The chain rule goes back through layer {layer} on three paths, which add up: a number moves its own output, and through the mean and the variance those of its column in all rows. A bias in the layer below moves the mean as well, and so nothing: its gradient is 0.</source>
        <translation>链式法则沿三条路径反向穿过第 {layer} 层，三者相加：一个数影响它自己的输出，又经由均值和方差影响所有行中同一列的输出。前一层的偏置也会移动均值，因而什么也不改变：它的梯度为 0。</translation>
    </message>
    <message>
        <source>The chain rule goes back through layer {layer}: where a number was set to 0 nothing goes back, and elsewhere as much more as it was enlarged.</source>
        <translation>链式法则反向穿过第 {layer} 层：被置为 0 的地方没有梯度传回，其余的地方按同样的倍数放大。</translation>
    </message>
    <message>
        <source>Each gradient goes back through layer {layer} to where its number stood.</source>
        <translation>每个梯度经第 {layer} 层回到它的数原来所在的位置。</translation>
    </message>
    <message>
        <source>Each gradient is added to the row of the weight that layer {layer} looked up for it: where a number stands several times its row gets all of them, and a row that was not looked up gets 0.</source>
        <translation>每个梯度都加到第 {layer} 层为它查出的那一行权重上：一个数出现多次时，它的行得到所有这些梯度之和；没有被查到的行得 0。</translation>
    </message>
    <message>
        <source>The chain rule goes back through layer {layer} on two paths, which add up: a number moves its own output, and through the mean square those of its whole row.</source>
        <translation>链式法则沿两条路径反向穿过第 {layer} 层，二者相加：一个数影响它自己的输出，又经由均方影响整行的输出。</translation>
    </message>
    <message>
        <source>The chain rule goes back through layer {layer} on two paths, which add up: past the layers inside, as it comes, and through them. However little comes back through them, the layer below hears of the rest.</source>
        <translation>链式法则沿两条路径反向穿过第 {layer} 层，二者相加：一条原样绕过内部各层，一条经过它们。无论经过它们传回的多么少，前一层总能得到绕过的那一份。</translation>
    </message>
    <message>
        <source>Layer {layer} turns each sum z into the unit&apos;s output a. Without a bend here, many layers could do no more than one.</source>
        <translation>第 {layer} 层把每个加权和 z 变为该单元的输出 a。这里若没有非线性，再多的层也不比一层能做得更多。</translation>
    </message>
    <message>
        <source>The function turns the point&apos;s two coordinates into a single number, its height there: the one that training makes small.</source>
        <translation>函数把点的两个坐标变成一个数，即它在该点的高度：训练就是要使它变小。</translation>
    </message>
    <message>
        <source>The chain rule by hand, a factor a line: how the height changes with x, and how it changes with y.</source>
        <translation>手写的链式法则，每行一个因子：高度随 x 如何变化，随 y 又如何变化。</translation>
    </message>
    <message>
        <source>{optimizer} turns the gradient at the point into a step, and takes it.</source>
        <translation>{optimizer} 把该点的梯度变成一步更新，并执行它。</translation>
    </message>
    <message>
        <source>SGD moves each weight of layer {layer} a little against its gradient, by the learning rate times the gradient; with momentum, the direction of the steps before counts too.</source>
        <translation>SGD 让第 {layer} 层的每个权重沿其梯度的反方向移动一点，移动量为学习率乘以梯度；有动量时，还要计入前几步的方向。</translation>
    </message>
    <message>
        <source>Adam moves each weight of layer {layer} along the running mean m of its gradients, divided by their usual size √v: so every weight takes steps of about the learning rate.</source>
        <translation>Adam 让第 {layer} 层的每个权重逆着其梯度的滑动平均 m 移动，并除以梯度通常的大小 √v：因此每个权重每步的移动量都约等于学习率。</translation>
    </message>
    <message>
        <source>AdamW first shrinks each weight of layer {layer} a little, apart from the gradient, and then takes Adam&apos;s step: the mean gradient m over its usual size √v.</source>
        <translation>AdamW 先让第 {layer} 层的每个权重缩小一点，与梯度无关，再走 Adam 的一步：梯度的平均 m 除以其通常的大小 √v。</translation>
    </message>
    <message>
        <source>Adafactor moves each weight of layer {layer} along its gradient, divided by what is usual in its row and its column, and by a share of the weights&apos; own size.</source>
        <translation>Adafactor 让第 {layer} 层的每个权重沿其梯度移动，梯度除以所在行和列的通常大小，步长则取权重自身大小的一部分。</translation>
    </message>
    <message>
        <source>Muon moves all weights of layer {layer} as one matrix: along the running mean of its gradients, made orthogonal, so that no direction is neglected.</source>
        <translation>Muon 把第 {layer} 层的所有权重作为一个矩阵移动：沿其梯度的滑动平均正交化之后的方向，使任何方向都不被忽略。</translation>
    </message>
    <message>
        <source>LBFGS moves the weights of layer {layer} together with all others: it follows several directions, found from how the gradient changed in the last ones.</source>
        <translation>LBFGS 让第 {layer} 层的权重与其余所有权重一起移动：它沿若干个方向前进，这些方向由最近几次梯度的变化求得。</translation>
    </message>
    <message>
        <source>{optimizer} turns the gradient of each weight of layer {layer} into a step, and takes it.</source>
        <translation>{optimizer} 把第 {layer} 层每个权重的梯度变成一步更新，并执行它。</translation>
    </message>
    <message>
        <source>The step is over: the point has moved, and the next step begins where it is now.</source>
        <translation>这一步已结束：点已移动，下一步从它现在的位置开始。</translation>
    </message>
    <message>
        <source>The step is over: the weights have moved, and the next step begins with the new ones.</source>
        <translation>这一步已结束：权重都已更新，下一步从新的权重开始。</translation>
    </message>
    <message>
        <source>From there it goes on as ever: times how z changes with each weight.</source>
        <translation>此后照常进行：再乘以 z 随每个权重的变化。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Layer {layer} turns each row of z into shares that add up to 1: e to the power of each z, divided by the sum of these over the row. So each output depends on all z of its row.</source>
        <translation>第 {layer} 层把 z 的每一行变成总和为 1 的份额：e 的 z 次幂，再除以这一行中它们的总和。因此每个输出都取决于所在行的所有 z。</translation>
    </message>
    <message>
        <source>Layer {layer} turns each row of z into the logarithms of shares that add up to 1: each z less the logarithm of the sum of e to the power of all z of the row. So each output depends on all of them.</source>
        <translation>第 {layer} 层把 z 的每一行变成总和为 1 的份额的对数：每个 z 减去这一行所有 e 的 z 次幂之和的对数。因此每个输出都取决于所在行的所有 z。</translation>
    </message>
    <message>
        <source>The chain rule goes back through layer {layer} by the Jacobian of {activation}: each z has moved all outputs of its row, and what the loss changes with each of these, times how that output changes with z, a line of the Jacobian an output, adds up.</source>
        <translation>链式法则经由 {activation} 的雅可比矩阵向后通过第 {layer} 层：每个 z 都影响所在行的所有输出，因此损失随每个输出的变化，乘以该输出随 z 的变化（每个输出对应雅可比矩阵的一行），全部加起来。</translation>
    </message>
</context>
<context>
    <name>stops</name>
    <message>
        <source>Stopped in step {step}.</source>
        <translation>已在第 {step} 步停止。</translation>
    </message>
    <message>
        <source>Stopped in step {step}. {why}</source>
        <translation>已在第 {step} 步停止。{why}</translation>
    </message>
    <message>
        <source>Stopped in step {step}, before its update. {why}</source>
        <translation>已在第 {step} 步的更新之前停止。{why}</translation>
    </message>
    <message>
        <source>Stopped in step {step}, before its update. {why}: {value} in {lane}</source>
        <translation>已在第 {step} 步的更新之前停止。{why}：{lane} 为 {value}</translation>
    </message>
    <message>
        <source>{backend} raised in step {step} of {label}: {reason}. The run has ended; nothing that you typed is lost.</source>
        <translation>{backend} 在 {label} 的第 {step} 步引发了错误：{reason}。运行已结束；您输入的内容都还在。</translation>
    </message>
    <message>
        <source>stage {stage}</source>
        <translation>阶段 {stage}</translation>
    </message>
    <message>
        <source>{file} line {line}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>lane {lane}</source>
        <translation>通道 {lane}</translation>
    </message>
    <message>
        <source>A number that is not finite arose in step {step}: {where}. The weights are those before the update; the run can go on.</source>
        <translation>第 {step} 步出现了非有限的数：{where}。权重仍是更新之前的值；运行可以继续。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>surface</name>
    <message>
        <source>two weights</source>
        <translation>两个权重</translation>
    </message>
    <message>
        <source>main directions</source>
        <translation>主方向</translation>
    </message>
    <message>
        <source>random directions</source>
        <translation>随机方向</translation>
    </message>
    <message>
        <source>Two chosen weights vary, all others stay as they are</source>
        <translation>所选的两个权重变化，其余保持不变</translation>
    </message>
    <message>
        <source>The two directions along which all entries&apos; paths spread most (PCA)</source>
        <translation>所有条目的轨迹分布最广的两个方向 (PCA，主成分分析)</translation>
    </message>
    <message>
        <source>Two random directions through all weights, scaled to the length of each unit&apos;s weights; biases stay as they are (Li et al., 2018)</source>
        <translation>穿过全部权重的两个随机方向，按每个单元权重的长度缩放；偏置保持不变 (Li 等，2018)</translation>
    </message>
    <message>
        <source>&lt;1 %</source>
        <translation>&lt;1 %</translation>
    </message>
    <message>
        <source>&gt;99 %</source>
        <translation>&gt;99 %</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>explains {first} + {second} of the paths&apos; variance</source>
        <translation>解释轨迹方差的 {first} + {second}</translation>
    </message>
    <message>
        <source>main direction 1</source>
        <translation>主方向 1</translation>
    </message>
    <message>
        <source>main direction 2</source>
        <translation>主方向 2</translation>
    </message>
    <message>
        <source>random direction 1</source>
        <translation>随机方向 1</translation>
    </message>
    <message>
        <source>random direction 2</source>
        <translation>随机方向 2</translation>
    </message>
    <message>
        <source>loss {loss}</source>
        <translation>损失 {loss}</translation>
    </message>
    <message>
        <source>The first points are being worked out …</source>
        <translation>正在计算最初的点…</translation>
    </message>
    <message>
        <source>The surface is worked out as soon as the engine is ready</source>
        <translation>引擎就绪后即计算曲面</translation>
    </message>
    <message>
        <source>Press Compute for the loss around the paths</source>
        <translation>按“计算”以显示轨迹周围的损失</translation>
    </message>
    <message>
        <source>The loss is not finite anywhere here</source>
        <translation>此处的损失处处不是有限的数</translation>
    </message>
    <message>
        <source>The loss is {loss} everywhere here</source>
        <translation>此处的损失处处为 {loss}</translation>
    </message>
    <message>
        <source>{entry} has left the surface: recompute</source>
        <translation>{entry} 已离开曲面：请重新计算</translation>
    </message>
    <message>
        <source>{count} paths have left the surface: recompute</source>
        <translation>有 {count} 条轨迹已离开曲面：请重新计算</translation>
    </message>
    <message>
        <source>Evaluated with nothing dropped</source>
        <translation>评估时不丢弃任何数</translation>
    </message>
    <message>
        <source>Evaluated by the running averages of {entry} as they are, with nothing dropped</source>
        <translation>按 {entry} 当前的滑动平均评估，不丢弃任何数</translation>
    </message>
    <message>
        <source>Evaluated by the running averages of {entry} as they are</source>
        <translation>按 {entry} 当前的滑动平均评估</translation>
    </message>
    <message>
        <source>○ start</source>
        <translation>○ 起点</translation>
    </message>
    <message>
        <source>☆ lowest loss of a path</source>
        <translation>☆ 轨迹的最低损失</translation>
    </message>
    <message>
        <source>✕ the function&apos;s own minimum</source>
        <translation>✕ 函数自身的最小值点</translation>
    </message>
    <message>
        <source>Drag a rectangle to zoom, drag with Shift to move; a double click or Home shows the whole surface again.
The arrow keys move the crosshair from point to point, + and − zoom, Esc takes the crosshair away.</source>
        <translation>拖出矩形以放大，按住 Shift 拖动以移动；双击或按 Home 键重新显示整个曲面。
方向键逐点移动十字线，+ 和 − 缩放，Esc 取消十字线。</translation>
    </message>
</context>
<context>
    <name>sweep</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>{count} configurations, about {memory} of memory</source>
        <translation>{count} 个配置，约需 {memory} 内存</translation>
    </message>
    <message>
        <source>{text}; {more}</source>
        <translation>{text}；{more}</translation>
    </message>
    <message>
        <source>{steps} steps</source>
        <translation>{steps} 步</translation>
    </message>
    <message>
        <source>{count} seeds ({first} … {last})</source>
        <translation>{count} 个种子 ({first} … {last})</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>{name} {first} … {last}, {count} values, logarithmic</source>
        <translation>{name} {first} … {last}，{count} 个值，对数间距</translation>
    </message>
    <message>
        <source>{name} {first} … {last}, {count} values</source>
        <translation>{name} {first} … {last}，{count} 个值</translation>
    </message>
    <message>
        <source>Finished: {steps} steps each, {seconds} s of compute</source>
        <translation>已完成：各 {steps} 步，计算用时 {seconds} s</translation>
    </message>
    <message>
        <source>Cancelled at step {step} of {steps}: these are the losses there</source>
        <translation>已取消，停在第 {step} 步，共 {steps} 步：图中是那时的损失</translation>
    </message>
    <message>
        <source>Paused at step {step} of {steps}</source>
        <translation>已暂停，第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>{count} of {all} diverged (hatched)</source>
        <translation>{all} 个中有 {count} 个发散 (画斜线)</translation>
    </message>
    <message>
        <source>{count} of {all} diverged (marked at the top)</source>
        <translation>{all} 个中有 {count} 个发散 (标在顶部)</translation>
    </message>
    <message>
        <source>The engine stopped before the sweep had told anything. Start it again.</source>
        <translation>扫描尚无结果，引擎已停止。请重新开始扫描。</translation>
    </message>
    <message>
        <source>The engine stopped at step {step} of {steps}: these are the losses there</source>
        <translation>引擎停在第 {step} 步，共 {steps} 步：图中是那时的损失</translation>
    </message>
    <message>
        <source>{values}: diverged</source>
        <translation>{values}，发散</translation>
    </message>
    <message>
        <source>{median} (median; {low} … {high})</source>
        <translation>{median} (中位数；{low} … {high})</translation>
    </message>
    <message>
        <source>{values}: loss {losses}</source>
        <translation>{values}，损失 {losses}</translation>
    </message>
    <message>
        <source>{count} of {seeds} seeds diverged</source>
        <translation>{seeds} 个种子中有 {count} 个发散</translation>
    </message>
    <message>
        <source>Lowest: {text}</source>
        <translation>最低：{text}</translation>
    </message>
    <message>
        <source>{place} {text}</source>
        <translation>{place}：{text}</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>The experiment has faulty entries</source>
        <translation>实验填写有误</translation>
    </message>
    <message>
        <source>Train one entry with many values of a hyperparameter at once:
choose a range above and press Start.</source>
        <translation>用一个超参数的许多取值同时训练一个条目：
在上方选择范围，然后按“开始”。</translation>
    </message>
    <message>
        <source>Drawing the weights…</source>
        <translation>正在抽取权重…</translation>
    </message>
    <message>
        <source>Everything diverged</source>
        <translation>全部发散</translation>
    </message>
    <message>
        <source>one after another: own code</source>
        <translation>逐个训练：自己的代码</translation>
    </message>
    <message>
        <source>one after another: groups of weights have rules of their own</source>
        <translation>逐个训练：各组权重有自己的规则</translation>
    </message>
    <message>
        <source>one after another: {layer}, {kind}, trains otherwise than it is evaluated</source>
        <translation>逐个训练：{layer}（{kind}）训练时与评估时不同</translation>
    </message>
    <message>
        <source>one after another: a layer takes one network at a time</source>
        <translation>逐个训练：有一层一次只能处理一个网络</translation>
    </message>
    <message>
        <source>one after another: {name} decides how often it evaluates the loss</source>
        <translation>逐个训练：{name} 自行决定计算损失的次数</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>After step {step}: {label} {change}</source>
        <translation>第 {step} 步之后：{label} {change}</translation>
    </message>
    <message>
        <source>Fork after step {step}: {name}</source>
        <translation>第 {step} 步之后分叉：{name}</translation>
    </message>
    <message>
        <source>Stopped before the update of step {step}</source>
        <translation>在第 {step} 步的更新之前停止</translation>
    </message>
</context>
<context>
    <name>undo</name>
    <message>
        <source>opening “{title}”</source>
        <translation>打开“{title}”</translation>
    </message>
    <message>
        <source>an edit</source>
        <translation>一次编辑</translation>
    </message>
    <message>
        <source>making data</source>
        <translation>生成数据</translation>
    </message>
    <message>
        <source>pasting data</source>
        <translation>粘贴数据</translation>
    </message>
    <message>
        <source>cutting data</source>
        <translation>剪切数据</translation>
    </message>
    <message>
        <source>typing in “{field}”</source>
        <translation>在“{field}”中输入</translation>
    </message>
    <message>
        <source>changing “{field}”</source>
        <translation>更改“{field}”</translation>
    </message>
    <message>
        <source>adding layer {number}</source>
        <translation>添加第 {number} 层</translation>
    </message>
    <message>
        <source>removing layer {number}</source>
        <translation>移除第 {number} 层</translation>
    </message>
    <message>
        <source>moving layer {number}</source>
        <translation>移动第 {number} 层</translation>
    </message>
    <message>
        <source>another kind of layer {number}</source>
        <translation>更改第 {number} 层的类型</translation>
    </message>
    <message>
        <source>adding optimizer {number}</source>
        <translation>添加优化器 {number}</translation>
    </message>
    <message>
        <source>removing optimizer {number}</source>
        <translation>移除优化器 {number}</translation>
    </message>
    <message>
        <source>moving optimizer {number}</source>
        <translation>移动优化器 {number}</translation>
    </message>
    <message>
        <source>adding breakpoint {number}</source>
        <translation>添加断点 {number}</translation>
    </message>
    <message>
        <source>removing breakpoint {number}</source>
        <translation>移除断点 {number}</translation>
    </message>
    <message>
        <source>moving breakpoint {number}</source>
        <translation>移动断点 {number}</translation>
    </message>
    <message>
        <source>typing in {column}, row {row}</source>
        <translation>在 {column} 第 {row} 行输入</translation>
    </message>
    <message>
        <source>changing the data</source>
        <translation>更改数据</translation>
    </message>
    <message>
        <source>adding rows</source>
        <translation>添加行</translation>
    </message>
    <message>
        <source>removing rows</source>
        <translation>移除行</translation>
    </message>
    <message>
        <source>adding a column</source>
        <translation>添加列</translation>
    </message>
    <message>
        <source>removing columns</source>
        <translation>移除列</translation>
    </message>
    <message>
        <source>choosing rows that test</source>
        <translation>选择测试行</translation>
    </message>
    <message>
        <source>changing a breakpoint</source>
        <translation>更改断点</translation>
    </message>
    <message>
        <source>own code of “{field}”</source>
        <translation>“{field}”自己的代码</translation>
    </message>
    <message>
        <source>adding {file}</source>
        <translation>添加 {file}</translation>
    </message>
    <message>
        <source>changing {file}</source>
        <translation>更改 {file}</translation>
    </message>
</context>
<context>
    <name>values</name>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>variants</name>
    <message>
        <source>adds the step to the weight</source>
        <translation>把这一步加到权重上</translation>
    </message>
    <message>
        <source>subtracts it</source>
        <translation>从权重中减去</translation>
    </message>
    <message>
        <source>subtract the step where the weight is updated</source>
        <translation>在更新权重处减去这一步</translation>
    </message>
    <message>
        <source>does not multiply the step by the learning rate</source>
        <translation>没有把这一步乘以学习率</translation>
    </message>
    <message>
        <source>multiplies the step by the learning rate</source>
        <translation>把这一步乘以学习率</translation>
    </message>
    <message>
        <source>multiply the step by `lr`</source>
        <translation>把这一步乘以 `lr`</translation>
    </message>
    <message>
        <source>multiplies the step by the learning rate twice</source>
        <translation>把这一步乘了两次学习率</translation>
    </message>
    <message>
        <source>multiplies it once</source>
        <translation>只乘一次</translation>
    </message>
    <message>
        <source>remove one of the two factors `lr`</source>
        <translation>去掉两个因子 `lr` 中的一个</translation>
    </message>
    <message>
        <source>multiplies by the learning rate twice: the gradient in the velocity, and the step</source>
        <translation>乘了两次学习率：速度里的梯度一次，步长一次</translation>
    </message>
    <message>
        <source>multiplies by it once, in the step</source>
        <translation>只在步长里乘一次</translation>
    </message>
    <message>
        <source>leave `lr` out of the velocity</source>
        <translation>速度里去掉 `lr`</translation>
    </message>
    <message>
        <source>uses the gradient of the step before</source>
        <translation>用的是上一步的梯度</translation>
    </message>
    <message>
        <source>uses the gradient of this step</source>
        <translation>用的是这一步的梯度</translation>
    </message>
    <message>
        <source>compute the gradient before the update, and keep none from the step before</source>
        <translation>在更新之前计算梯度，不要保留上一步的梯度</translation>
    </message>
    <message>
        <source>uses the sum of all gradients so far</source>
        <translation>用的是至今所有梯度之和</translation>
    </message>
    <message>
        <source>uses the gradient of this step alone, as gradients are cleared after each step</source>
        <translation>只用这一步的梯度，因为每步之后都会清零梯度</translation>
    </message>
    <message>
        <source>set the gradient to 0 before each backward pass</source>
        <translation>每次反向传播之前把梯度置为 0</translation>
    </message>
    <message>
        <source>keeps one state for several parameters, so each takes up where the one before it ended</source>
        <translation>多个参数共用一份状态，每个参数都接着上一个参数的状态继续</translation>
    </message>
    <message>
        <source>keeps a state for each parameter</source>
        <translation>为每个参数各保留一份状态</translation>
    </message>
    <message>
        <source>keep a state for each parameter, for example in a dict under the parameter&apos;s name</source>
        <translation>为每个参数各保留一份状态，例如放在以参数名为键的字典里</translation>
    </message>
    <message>
        <source>keeps what it remembers for all parameters as one, so each takes up where the one before it ended</source>
        <translation>把所有参数要记住的内容合成一份，每个参数都接着上一个参数的继续</translation>
    </message>
    <message>
        <source>remembers it for each parameter</source>
        <translation>为每个参数分别记住</translation>
    </message>
    <message>
        <source>keep it for each parameter, for example in a dict under the parameter&apos;s name</source>
        <translation>为每个参数分别保留，例如放在以参数名为键的字典里</translation>
    </message>
    <message>
        <source>counts a step for each parameter that it updates</source>
        <translation>每更新一个参数就计一步</translation>
    </message>
    <message>
        <source>counts the steps of each parameter by itself</source>
        <translation>每个参数的步数各自计数</translation>
    </message>
    <message>
        <source>count once a step, not once a parameter</source>
        <translation>每一步只计一次，而不是每个参数计一次</translation>
    </message>
    <message>
        <source>begins with a new state at every step</source>
        <translation>每一步都从新的状态开始</translation>
    </message>
    <message>
        <source>keeps the state from step to step</source>
        <translation>把状态一步步保留下去</translation>
    </message>
    <message>
        <source>create the state once, before the first step, and hand it on from step to step</source>
        <translation>在第一步之前只创建一次状态，并逐步传递下去</translation>
    </message>
    <message>
        <source>adds the weight decay to the gradient, as Adam does (an L2 penalty)</source>
        <translation>像 Adam 那样把权重衰减加到梯度上（L2 惩罚）</translation>
    </message>
    <message>
        <source>takes it from the weight, apart from the gradient, as AdamW does</source>
        <translation>像 AdamW 那样从权重中减去，与梯度分开</translation>
    </message>
    <message>
        <source>replace `g = g + weight_decay * weight` by `weight = (1 - lr * weight_decay) * weight`</source>
        <translation>把 `g = g + weight_decay * weight` 换成 `weight = (1 - lr * weight_decay) * weight`</translation>
    </message>
    <message>
        <source>takes the weight decay from the weight, apart from the gradient, as AdamW does</source>
        <translation>像 AdamW 那样从权重中减去权重衰减，与梯度分开</translation>
    </message>
    <message>
        <source>adds it to the gradient (an L2 penalty)</source>
        <translation>把它加到梯度上（L2 惩罚）</translation>
    </message>
    <message>
        <source>replace `weight = (1 - lr * weight_decay) * weight` by `g = g + weight_decay * weight`</source>
        <translation>把 `weight = (1 - lr * weight_decay) * weight` 换成 `g = g + weight_decay * weight`</translation>
    </message>
    <message>
        <source>shrinks the weight by the weight decay alone, as AdamW&apos;s paper does</source>
        <translation>像 AdamW 论文那样只用权重衰减缩小权重</translation>
    </message>
    <message>
        <source>multiplies the weight decay by the learning rate</source>
        <translation>把权重衰减乘以学习率</translation>
    </message>
    <message>
        <source>multiply the weight decay by `lr`</source>
        <translation>把权重衰减乘以 `lr`</translation>
    </message>
    <message>
        <source>takes the weight decay from the weight, apart from the gradient and without the learning rate</source>
        <translation>从权重中减去权重衰减，与梯度分开，且不乘学习率</translation>
    </message>
    <message>
        <source>replace `weight = (1 - weight_decay) * weight` by `g = g + weight_decay * weight`</source>
        <translation>把 `weight = (1 - weight_decay) * weight` 换成 `g = g + weight_decay * weight`</translation>
    </message>
    <message>
        <source>takes the weight decay from the weight after the step</source>
        <translation>在这一步之后才从权重中减去权重衰减</translation>
    </message>
    <message>
        <source>takes it from the weight before the step</source>
        <translation>在这一步之前从权重中减去</translation>
    </message>
    <message>
        <source>shrink the weight before the step is subtracted</source>
        <translation>在减去这一步之前先缩小权重</translation>
    </message>
    <message>
        <source>takes the weight decay from the weight, after the step</source>
        <translation>在这一步之后从权重中减去权重衰减</translation>
    </message>
    <message>
        <source>adds it to the gradient, before the step (an L2 penalty)</source>
        <translation>在这一步之前把它加到梯度上（L2 惩罚）</translation>
    </message>
    <message>
        <source>replace `weight = (1 - lr * weight_decay) * weight` by `g = g + weight_decay * weight` before the step</source>
        <translation>在这一步之前，把 `weight = (1 - lr * weight_decay) * weight` 换成 `g = g + weight_decay * weight`</translation>
    </message>
    <message>
        <source>adds 2λ·w to the gradient, as from a penalty λ·w² (Keras)</source>
        <translation>把 2λ·w 加到梯度上，相当于惩罚 λ·w²（Keras）</translation>
    </message>
    <message>
        <source>adds λ·w, as from a penalty λ/2·w²</source>
        <translation>加上 λ·w，相当于惩罚 λ/2·w²</translation>
    </message>
    <message>
        <source>remove the factor 2, or give half the weight decay</source>
        <translation>去掉因子 2，或把权重衰减减半</translation>
    </message>
    <message>
        <source>takes λ·w times the learning rate from the weight, apart from the gradient</source>
        <translation>从权重中减去 λ·w 乘以学习率，与梯度分开</translation>
    </message>
    <message>
        <source>replace `g = g + 2 * weight_decay * weight` by `weight = (1 - lr * weight_decay) * weight`</source>
        <translation>把 `g = g + 2 * weight_decay * weight` 换成 `weight = (1 - lr * weight_decay) * weight`</translation>
    </message>
    <message>
        <source>leaves the weight decay out</source>
        <translation>漏掉了权重衰减</translation>
    </message>
    <message>
        <source>applies the weight decay</source>
        <translation>应用权重衰减</translation>
    </message>
    <message>
        <source>add `g = g + weight_decay * weight` before the gradient is used</source>
        <translation>在使用梯度之前加上 `g = g + weight_decay * weight`</translation>
    </message>
    <message>
        <source>add `weight = (1 - lr * weight_decay) * weight` before the step</source>
        <translation>在这一步之前加上 `weight = (1 - lr * weight_decay) * weight`</translation>
    </message>
    <message>
        <source>makes the weight grow by the weight decay</source>
        <translation>让权重随权重衰减变大</translation>
    </message>
    <message>
        <source>makes it shrink</source>
        <translation>让它变小</translation>
    </message>
    <message>
        <source>change the sign of the weight decay</source>
        <translation>改变权重衰减的符号</translation>
    </message>
    <message>
        <source>has no ε</source>
        <translation>没有 ε</translation>
    </message>
    <message>
        <source>has an ε in the divisor</source>
        <translation>除数中有 ε</translation>
    </message>
    <message>
        <source>add `eps` to the divisor</source>
        <translation>在除数中加上 `eps`</translation>
    </message>
    <message>
        <source>multiplies the gradient by the learning rate before it goes into the momentum buffer (Sutskever, Caffe, Keras), which is the same only while the rate stays</source>
        <translation>在梯度进入动量缓冲之前先乘以学习率（Sutskever、Caffe、Keras），仅当学习率不变时结果才相同</translation>
    </message>
    <message>
        <source>multiplies the buffer by the learning rate when it takes the step</source>
        <translation>在取这一步时才把缓冲乘以学习率</translation>
    </message>
    <message>
        <source>keep the buffer without the rate, `b = momentum * b + g`, and step by `lr * b`</source>
        <translation>缓冲中不含学习率：`b = momentum * b + g`，这一步取 `lr * b`</translation>
    </message>
    <message>
        <source>keeps a running average, `momentum * b + (1 - momentum) * g`, from a start of 0</source>
        <translation>保留滑动平均 `momentum * b + (1 - momentum) * g`，从 0 开始</translation>
    </message>
    <message>
        <source>keeps a sum, `momentum * b + g`</source>
        <translation>保留累加和 `momentum * b + g`</translation>
    </message>
    <message>
        <source>remove the factor `(1 - momentum)`</source>
        <translation>去掉因子 `(1 - momentum)`</translation>
    </message>
    <message>
        <source>keeps a running average, `momentum * b + (1 - momentum) * g`, from the first gradient on</source>
        <translation>保留滑动平均 `momentum * b + (1 - momentum) * g`，从第一个梯度开始</translation>
    </message>
    <message>
        <source>dampens the very first gradient too</source>
        <translation>连第一个梯度也加了阻尼</translation>
    </message>
    <message>
        <source>begins its buffer with the whole first gradient</source>
        <translation>缓冲以完整的第一个梯度开始</translation>
    </message>
    <message>
        <source>begin with `b = g` at the first step</source>
        <translation>第一步以 `b = g` 开始</translation>
    </message>
    <message>
        <source>leaves the dampening out</source>
        <translation>漏掉了阻尼</translation>
    </message>
    <message>
        <source>multiplies a new gradient by `1 - dampening`</source>
        <translation>把新的梯度乘以 `1 - dampening`</translation>
    </message>
    <message>
        <source>multiply the gradient by `(1 - dampening)` from the second step on</source>
        <translation>从第二步起把梯度乘以 `(1 - dampening)`</translation>
    </message>
    <message>
        <source>steps by μ·b alone in Nesterov&apos;s momentum</source>
        <translation>在 Nesterov 动量中只走 μ·b</translation>
    </message>
    <message>
        <source>steps by g + μ·b</source>
        <translation>走 g + μ·b</translation>
    </message>
    <message>
        <source>add the gradient: `step = g + momentum * b`</source>
        <translation>加上梯度：`step = g + momentum * b`</translation>
    </message>
    <message>
        <source>steps by the buffer as without Nesterov&apos;s momentum</source>
        <translation>走的是缓冲，如同没有 Nesterov 动量</translation>
    </message>
    <message>
        <source>step by `g + momentum * b` in place of `b`</source>
        <translation>走 `g + momentum * b`，而不是 `b`</translation>
    </message>
    <message>
        <source>steps by g + μ·b, Nesterov&apos;s momentum, though it is off</source>
        <translation>走的是 g + μ·b，即 Nesterov 动量，尽管它已关闭</translation>
    </message>
    <message>
        <source>steps by the buffer b</source>
        <translation>走缓冲 b</translation>
    </message>
    <message>
        <source>step by `b` in place of `g + momentum * b`</source>
        <translation>走 `b`，而不是 `g + momentum * b`</translation>
    </message>
    <message>
        <source>takes the root of v̂ + ε</source>
        <translation>对 v̂ + ε 开方</translation>
    </message>
    <message>
        <source>adds ε to the root of v̂</source>
        <translation>把 ε 加到 v̂ 的平方根上</translation>
    </message>
    <message>
        <source>write `sqrt(v_hat) + eps` for `sqrt(v_hat + eps)`</source>
        <translation>把 `sqrt(v_hat + eps)` 改写为 `sqrt(v_hat) + eps`</translation>
    </message>
    <message>
        <source>takes the root of v + ε, and corrects it afterwards</source>
        <translation>对 v + ε 开方，之后才校正</translation>
    </message>
    <message>
        <source>adds ε to the corrected root</source>
        <translation>把 ε 加到校正后的平方根上</translation>
    </message>
    <message>
        <source>write `sqrt(v_hat) + eps` for `sqrt(v + eps)`</source>
        <translation>把 `sqrt(v + eps)` 改写为 `sqrt(v_hat) + eps`</translation>
    </message>
    <message>
        <source>adds ε to the root of v, before the correction (Keras, and the paper&apos;s ε̂)</source>
        <translation>在校正之前把 ε 加到 v 的平方根上（Keras，以及论文中的 ε̂）</translation>
    </message>
    <message>
        <source>adds ε to the root of v̂, after the correction</source>
        <translation>在校正之后把 ε 加到 v̂ 的平方根上</translation>
    </message>
    <message>
        <source>divide v by `1 - beta2**t` before the root is taken and `eps` added</source>
        <translation>在开方并加上 `eps` 之前，先把 v 除以 `1 - beta2**t`</translation>
    </message>
    <message>
        <source>corrects the bias of neither m nor v</source>
        <translation>对 m 和 v 都没有校正偏差</translation>
    </message>
    <message>
        <source>divides m by 1 − β₁ᵗ and v by 1 − β₂ᵗ</source>
        <translation>把 m 除以 1 − β₁ᵗ，把 v 除以 1 − β₂ᵗ</translation>
    </message>
    <message>
        <source>use `m / (1 - beta1**t)` and `v / (1 - beta2**t)` in the step</source>
        <translation>在这一步中使用 `m / (1 - beta1**t)` 和 `v / (1 - beta2**t)`</translation>
    </message>
    <message>
        <source>corrects the bias of neither m nor v where AMSGrad is on, as AMSGrad&apos;s paper does</source>
        <translation>在开启 AMSGrad 时对 m 和 v 都没有校正偏差，与 AMSGrad 论文一致</translation>
    </message>
    <message>
        <source>divides m by 1 − β₁ᵗ and v by 1 − β₂ᵗ there too</source>
        <translation>在那里也把 m 除以 1 − β₁ᵗ，把 v 除以 1 − β₂ᵗ</translation>
    </message>
    <message>
        <source>use `m / (1 - beta1**t)` and `v_max / (1 - beta2**t)` in the step</source>
        <translation>在这一步中使用 `m / (1 - beta1**t)` 和 `v_max / (1 - beta2**t)`</translation>
    </message>
    <message>
        <source>does not correct the bias of m</source>
        <translation>没有校正 m 的偏差</translation>
    </message>
    <message>
        <source>divides m by 1 − β₁ᵗ</source>
        <translation>把 m 除以 1 − β₁ᵗ</translation>
    </message>
    <message>
        <source>use `m / (1 - beta1**t)` in the step</source>
        <translation>在这一步中使用 `m / (1 - beta1**t)`</translation>
    </message>
    <message>
        <source>does not correct the bias of v</source>
        <translation>没有校正 v 的偏差</translation>
    </message>
    <message>
        <source>divides v by 1 − β₂ᵗ</source>
        <translation>把 v 除以 1 − β₂ᵗ</translation>
    </message>
    <message>
        <source>use `v / (1 - beta2**t)` in the step</source>
        <translation>在这一步中使用 `v / (1 - beta2**t)`</translation>
    </message>
    <message>
        <source>corrects the bias by 1 − β at every step</source>
        <translation>每一步都用 1 − β 校正偏差</translation>
    </message>
    <message>
        <source>corrects it by 1 − βᵗ at step t</source>
        <translation>在第 t 步用 1 − βᵗ 校正</translation>
    </message>
    <message>
        <source>write `beta1**t` and `beta2**t` for `beta1` and `beta2` in the corrections</source>
        <translation>在校正中把 `beta1` 和 `beta2` 改写为 `beta1**t` 和 `beta2**t`</translation>
    </message>
    <message>
        <source>corrects the bias of m by 1 − β₁ at every step</source>
        <translation>每一步都用 1 − β₁ 校正 m 的偏差</translation>
    </message>
    <message>
        <source>corrects it by 1 − β₁ᵗ at step t</source>
        <translation>在第 t 步用 1 − β₁ᵗ 校正</translation>
    </message>
    <message>
        <source>write `beta1**t` for `beta1` in the correction</source>
        <translation>在校正中把 `beta1` 改写为 `beta1**t`</translation>
    </message>
    <message>
        <source>corrects the bias of v by 1 − β₂ at every step</source>
        <translation>每一步都用 1 − β₂ 校正 v 的偏差</translation>
    </message>
    <message>
        <source>corrects it by 1 − β₂ᵗ at step t</source>
        <translation>在第 t 步用 1 − β₂ᵗ 校正</translation>
    </message>
    <message>
        <source>write `beta2**t` for `beta2` in the correction</source>
        <translation>在校正中把 `beta2` 改写为 `beta2**t`</translation>
    </message>
    <message>
        <source>multiplies β₁ by t in the correction</source>
        <translation>在校正中把 β₁ 乘以 t</translation>
    </message>
    <message>
        <source>raises β₁ to the power t</source>
        <translation>取 β₁ 的 t 次幂</translation>
    </message>
    <message>
        <source>write `beta1**t` for `beta1 * t`</source>
        <translation>把 `beta1 * t` 改写为 `beta1**t`</translation>
    </message>
    <message>
        <source>corrects m by 1 − β₂ᵗ and v by 1 − β₁ᵗ</source>
        <translation>用 1 − β₂ᵗ 校正 m，用 1 − β₁ᵗ 校正 v</translation>
    </message>
    <message>
        <source>corrects m by 1 − β₁ᵗ and v by 1 − β₂ᵗ</source>
        <translation>用 1 − β₁ᵗ 校正 m，用 1 − β₂ᵗ 校正 v</translation>
    </message>
    <message>
        <source>exchange `beta1` and `beta2` in the corrections</source>
        <translation>在校正中交换 `beta1` 和 `beta2`</translation>
    </message>
    <message>
        <source>divides the root of v by 1 − β₂ᵗ</source>
        <translation>把 v 的平方根除以 1 − β₂ᵗ</translation>
    </message>
    <message>
        <source>divides v by 1 − β₂ᵗ, and takes the root of that</source>
        <translation>把 v 除以 1 − β₂ᵗ，再开方</translation>
    </message>
    <message>
        <source>write `sqrt(v / (1 - beta2**t))` for `sqrt(v) / (1 - beta2**t)`</source>
        <translation>把 `sqrt(v) / (1 - beta2**t)` 改写为 `sqrt(v / (1 - beta2**t))`</translation>
    </message>
    <message>
        <source>keeps the corrected m and v for the next step</source>
        <translation>把校正后的 m 和 v 留给下一步</translation>
    </message>
    <message>
        <source>keeps them uncorrected</source>
        <translation>保留未校正的值</translation>
    </message>
    <message>
        <source>give the corrected values names of their own, `m_hat` and `v_hat`</source>
        <translation>给校正后的值另起名字：`m_hat` 和 `v_hat`</translation>
    </message>
    <message>
        <source>keeps the corrected m for the next step</source>
        <translation>把校正后的 m 留给下一步</translation>
    </message>
    <message>
        <source>keeps it uncorrected</source>
        <translation>保留未校正的值</translation>
    </message>
    <message>
        <source>give the corrected value a name of its own, `m_hat`</source>
        <translation>给校正后的值另起名字：`m_hat`</translation>
    </message>
    <message>
        <source>keeps the corrected v for the next step</source>
        <translation>把校正后的 v 留给下一步</translation>
    </message>
    <message>
        <source>give the corrected value a name of its own, `v_hat`</source>
        <translation>给校正后的值另起名字：`v_hat`</translation>
    </message>
    <message>
        <source>counts steps from 0, so the first correction divides by 0</source>
        <translation>步数从 0 开始计，第一次校正因此除以 0</translation>
    </message>
    <message>
        <source>counts the first step as 1</source>
        <translation>把第一步计为 1</translation>
    </message>
    <message>
        <source>count the step before it is used</source>
        <translation>在使用步数之前先计数</translation>
    </message>
    <message>
        <source>counts the first step as 2</source>
        <translation>把第一步计为 2</translation>
    </message>
    <message>
        <source>counts it as 1</source>
        <translation>把它计为 1</translation>
    </message>
    <message>
        <source>count each step once, beginning with 0 before the first</source>
        <translation>每一步只计一次，第一步之前为 0</translation>
    </message>
    <message>
        <source>never counts its steps, so t is always 1</source>
        <translation>从不计步，t 始终是 1</translation>
    </message>
    <message>
        <source>counts every step</source>
        <translation>每一步都计数</translation>
    </message>
    <message>
        <source>add 1 to `t` at every step, and keep it</source>
        <translation>每一步把 `t` 加 1 并保留下来</translation>
    </message>
    <message>
        <source>uses β₂ for m and β₁ for v</source>
        <translation>对 m 用 β₂，对 v 用 β₁</translation>
    </message>
    <message>
        <source>uses β₁ for m and β₂ for v</source>
        <translation>对 m 用 β₁，对 v 用 β₂</translation>
    </message>
    <message>
        <source>exchange `beta1` and `beta2`</source>
        <translation>交换 `beta1` 和 `beta2`</translation>
    </message>
    <message>
        <source>keeps the share 1 − β of what it had, and takes the share β of what is new</source>
        <translation>原有的保留 1 − β 份，新的取 β 份</translation>
    </message>
    <message>
        <source>keeps the share β, and takes 1 − β of what is new</source>
        <translation>原有的保留 β 份，新的取 1 − β 份</translation>
    </message>
    <message>
        <source>exchange the factors: `beta * old + (1 - beta) * new`</source>
        <translation>交换两个因子：`beta * old + (1 - beta) * new`</translation>
    </message>
    <message>
        <source>keeps the share 1 − β₁ of m, and takes the share β₁ of the gradient</source>
        <translation>m 保留 1 − β₁ 份，梯度取 β₁ 份</translation>
    </message>
    <message>
        <source>keeps the share β₁, and takes 1 − β₁ of the gradient</source>
        <translation>保留 β₁ 份，梯度取 1 − β₁ 份</translation>
    </message>
    <message>
        <source>exchange the factors: `m = beta1 * m + (1 - beta1) * g`</source>
        <translation>交换两个因子：`m = beta1 * m + (1 - beta1) * g`</translation>
    </message>
    <message>
        <source>keeps the share 1 − β₂ of v, and takes the share β₂ of the new square</source>
        <translation>v 保留 1 − β₂ 份，新的平方取 β₂ 份</translation>
    </message>
    <message>
        <source>keeps the share β₂, and takes 1 − β₂ of the new square</source>
        <translation>保留 β₂ 份，新的平方取 1 − β₂ 份</translation>
    </message>
    <message>
        <source>exchange the factors: `v = beta2 * v + (1 - beta2) * g * g`</source>
        <translation>交换两个因子：`v = beta2 * v + (1 - beta2) * g * g`</translation>
    </message>
    <message>
        <source>divides by v̂</source>
        <translation>除以 v̂</translation>
    </message>
    <message>
        <source>divides by the root of v̂</source>
        <translation>除以 v̂ 的平方根</translation>
    </message>
    <message>
        <source>write `sqrt(v_hat) + eps` for `v_hat + eps`</source>
        <translation>把 `v_hat + eps` 改写为 `sqrt(v_hat) + eps`</translation>
    </message>
    <message>
        <source>averages the square of m in v</source>
        <translation>在 v 中平均的是 m 的平方</translation>
    </message>
    <message>
        <source>averages the square of the gradient</source>
        <translation>平均的是梯度的平方</translation>
    </message>
    <message>
        <source>write `g * g` for `m * m`</source>
        <translation>把 `m * m` 改写为 `g * g`</translation>
    </message>
    <message>
        <source>averages the gradient in v</source>
        <translation>在 v 中平均的是梯度</translation>
    </message>
    <message>
        <source>write `g * g` for `g` in v</source>
        <translation>在 v 中把 `g` 改写为 `g * g`</translation>
    </message>
    <message>
        <source>averages the gradient&apos;s size in v</source>
        <translation>在 v 中平均的是梯度的大小</translation>
    </message>
    <message>
        <source>write `g * g` for `abs(g)` in v</source>
        <translation>在 v 中把 `abs(g)` 改写为 `g * g`</translation>
    </message>
    <message>
        <source>adds the whole square of the gradient to v</source>
        <translation>把梯度的平方全部加到 v 上</translation>
    </message>
    <message>
        <source>takes the share 1 − β₂ of it</source>
        <translation>只取其中的 1 − β₂ 份</translation>
    </message>
    <message>
        <source>multiply the square of the gradient by `(1 - beta2)`</source>
        <translation>把梯度的平方乘以 `(1 - beta2)`</translation>
    </message>
    <message>
        <source>adds the whole gradient to m</source>
        <translation>把梯度全部加到 m 上</translation>
    </message>
    <message>
        <source>takes the share 1 − β₁ of it</source>
        <translation>只取其中的 1 − β₁ 份</translation>
    </message>
    <message>
        <source>multiply the gradient by `(1 - beta1)`</source>
        <translation>把梯度乘以 `(1 - beta1)`</translation>
    </message>
    <message>
        <source>steps by the gradient itself</source>
        <translation>走的是梯度本身</translation>
    </message>
    <message>
        <source>steps by its running mean m̂</source>
        <translation>走的是梯度的滑动平均 m̂</translation>
    </message>
    <message>
        <source>write `m_hat` for `g` in the step</source>
        <translation>在这一步中把 `g` 改写为 `m_hat`</translation>
    </message>
    <message>
        <source>takes AMSGrad&apos;s maximum of v̂, after the correction (optax)</source>
        <translation>在校正之后对 v̂ 取 AMSGrad 的最大值（optax）</translation>
    </message>
    <message>
        <source>takes it of v, before the correction</source>
        <translation>在校正之前对 v 取最大值</translation>
    </message>
    <message>
        <source>take the maximum of `v`, and correct that</source>
        <translation>对 `v` 取最大值，再校正它</translation>
    </message>
    <message>
        <source>divides by v̂ though AMSGrad is on</source>
        <translation>尽管开启了 AMSGrad，仍除以 v̂</translation>
    </message>
    <message>
        <source>divides by the largest v so far, corrected</source>
        <translation>除以至今最大的 v，经过校正</translation>
    </message>
    <message>
        <source>use `v_max = maximum(v_max, v)` in place of `v` in the step</source>
        <translation>在这一步中用 `v_max = maximum(v_max, v)` 代替 `v`</translation>
    </message>
    <message>
        <source>averages on from AMSGrad&apos;s maximum</source>
        <translation>从 AMSGrad 的最大值继续平均</translation>
    </message>
    <message>
        <source>averages on from v, and keeps the maximum beside it</source>
        <translation>从 v 继续平均，最大值另外保留</translation>
    </message>
    <message>
        <source>give the maximum a name of its own, `v_max`</source>
        <translation>给最大值另起名字：`v_max`</translation>
    </message>
    <message>
        <source>adds ε to the largest gradient when it divides by it (Keras)</source>
        <translation>在除以最大梯度时才加上 ε（Keras）</translation>
    </message>
    <message>
        <source>adds ε to the new gradient&apos;s size before it takes the larger</source>
        <translation>在取较大者之前把 ε 加到新梯度的大小上</translation>
    </message>
    <message>
        <source>write `maximum(beta2 * u, abs(g) + eps)`, and divide by `u` alone</source>
        <translation>写成 `maximum(beta2 * u, abs(g) + eps)`，并且只除以 `u`</translation>
    </message>
    <message>
        <source>has no ε, as the paper&apos;s Algorithm 2</source>
        <translation>没有 ε，与论文的算法 2 一致</translation>
    </message>
    <message>
        <source>adds ε to the new gradient&apos;s size, so that u is never 0</source>
        <translation>把 ε 加到新梯度的大小上，使 u 永不为 0</translation>
    </message>
    <message>
        <source>write `abs(g) + eps` for `abs(g)`</source>
        <translation>把 `abs(g)` 改写为 `abs(g) + eps`</translation>
    </message>
    <message>
        <source>divides u by 1 − β₂ᵗ</source>
        <translation>把 u 除以 1 − β₂ᵗ</translation>
    </message>
    <message>
        <source>leaves u as it is: a maximum has no bias from its start</source>
        <translation>让 u 保持原样：最大值没有初始偏差</translation>
    </message>
    <message>
        <source>divide by `u` alone</source>
        <translation>只除以 `u`</translation>
    </message>
    <message>
        <source>compares the new gradient with the whole of u</source>
        <translation>把新梯度与整个 u 比较</translation>
    </message>
    <message>
        <source>compares it with β₂·u</source>
        <translation>与 β₂·u 比较</translation>
    </message>
    <message>
        <source>write `maximum(beta2 * u, …)` for `maximum(u, …)`</source>
        <translation>把 `maximum(u, …)` 改写为 `maximum(beta2 * u, …)`</translation>
    </message>
    <message>
        <source>divides by the new gradient&apos;s size</source>
        <translation>除以新梯度的大小</translation>
    </message>
    <message>
        <source>divides by the largest so far, β₂·u or the new gradient&apos;s size</source>
        <translation>除以至今最大的：β₂·u 或新梯度的大小</translation>
    </message>
    <message>
        <source>write `u = maximum(beta2 * u, abs(g) + eps)`</source>
        <translation>写成 `u = maximum(beta2 * u, abs(g) + eps)`</translation>
    </message>
    <message>
        <source>compares u with the gradient itself</source>
        <translation>把 u 与梯度本身比较</translation>
    </message>
    <message>
        <source>compares it with the gradient&apos;s size</source>
        <translation>与梯度的大小比较</translation>
    </message>
    <message>
        <source>write `abs(g)` for `g` in the maximum</source>
        <translation>在取最大值处把 `g` 改写为 `abs(g)`</translation>
    </message>
    <message>
        <source>looks ahead with β₁ at every step (optax)</source>
        <translation>每一步都用 β₁ 向前看（optax）</translation>
    </message>
    <message>
        <source>looks ahead with a μ that grows from step to step to β₁</source>
        <translation>用逐步增大到 β₁ 的 μ 向前看</translation>
    </message>
    <message>
        <source>write `mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))`, and keep the product of all μ</source>
        <translation>写成 `mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))`，并保留所有 μ 的乘积</translation>
    </message>
    <message>
        <source>looks ahead with β₁ at every step, and corrects m for step t, not for the step ahead</source>
        <translation>每一步都用 β₁ 向前看，而且按第 t 步而不是下一步校正 m</translation>
    </message>
    <message>
        <source>lets μ grow by 0.96ᵗ (Keras)</source>
        <translation>让 μ 按 0.96ᵗ 增大（Keras）</translation>
    </message>
    <message>
        <source>lets it grow by 0.96 to the power t·ψ, where ψ is the momentum decay</source>
        <translation>让它按 0.96 的 t·ψ 次幂增大，ψ 是动量衰减</translation>
    </message>
    <message>
        <source>write `0.96 ** (t * momentum_decay)` for `0.96**t`</source>
        <translation>把 `0.96**t` 改写为 `0.96 ** (t * momentum_decay)`</translation>
    </message>
    <message>
        <source>keeps the mean m with the growing μ, as the paper does</source>
        <translation>用增大的 μ 求均值 m，与论文一致</translation>
    </message>
    <message>
        <source>keeps it with β₁</source>
        <translation>用 β₁ 求均值</translation>
    </message>
    <message>
        <source>write `m = beta1 * m + (1 - beta1) * g`</source>
        <translation>写成 `m = beta1 * m + (1 - beta1) * g`</translation>
    </message>
    <message>
        <source>corrects by 1 − μₜ</source>
        <translation>用 1 − μₜ 校正</translation>
    </message>
    <message>
        <source>corrects by 1 − μ₁·μ₂⋯μₜ</source>
        <translation>用 1 − μ₁·μ₂⋯μₜ 校正</translation>
    </message>
    <message>
        <source>keep the product of all μ: `mu_product = mu_product * mu`</source>
        <translation>保留所有 μ 的乘积：`mu_product = mu_product * mu`</translation>
    </message>
    <message>
        <source>steps by m alone</source>
        <translation>只走 m</translation>
    </message>
    <message>
        <source>adds the new gradient&apos;s share to it</source>
        <translation>再加上新梯度的那一份</translation>
    </message>
    <message>
        <source>add `(1 - mu) / (1 - mu_product) * g` to the step</source>
        <translation>在这一步中加上 `(1 - mu) / (1 - mu_product) * g`</translation>
    </message>
    <message>
        <source>begins to scale where ρₜ &gt; 4, as the paper does</source>
        <translation>在 ρₜ &gt; 4 时开始缩放，与论文一致</translation>
    </message>
    <message>
        <source>begins where ρₜ &gt; 5</source>
        <translation>在 ρₜ &gt; 5 时开始</translation>
    </message>
    <message>
        <source>compare ρₜ with 5</source>
        <translation>把 ρₜ 与 5 比较</translation>
    </message>
    <message>
        <source>takes no step until ρₜ &gt; 5, as the authors&apos; code can</source>
        <translation>在 ρₜ &gt; 5 之前不走，作者的代码也可以这样</translation>
    </message>
    <message>
        <source>takes unscaled steps until then</source>
        <translation>在那之前走不缩放的步</translation>
    </message>
    <message>
        <source>step by `lr * m_hat` where ρₜ is not above 5</source>
        <translation>在 ρₜ 不大于 5 时走 `lr * m_hat`</translation>
    </message>
    <message>
        <source>adds ε to the root of v, before the correction</source>
        <translation>在校正之前把 ε 加到 v 的平方根上</translation>
    </message>
    <message>
        <source>write `sqrt(1 - beta2**t) / (sqrt(v) + eps)` for `1 / (sqrt(v_hat) + eps)`</source>
        <translation>把 `1 / (sqrt(v_hat) + eps)` 改写为 `sqrt(1 - beta2**t) / (sqrt(v) + eps)`</translation>
    </message>
    <message>
        <source>has no ε, as the paper</source>
        <translation>没有 ε，与论文一致</translation>
    </message>
    <message>
        <source>adds ε to the root of v</source>
        <translation>把 ε 加到 v 的平方根上</translation>
    </message>
    <message>
        <source>write `sqrt(v) + eps` for `sqrt(v)`</source>
        <translation>把 `sqrt(v)` 改写为 `sqrt(v) + eps`</translation>
    </message>
    <message>
        <source>leaves out the factor r</source>
        <translation>漏掉了因子 r</translation>
    </message>
    <message>
        <source>multiplies the step by r where ρₜ &gt; 5</source>
        <translation>在 ρₜ &gt; 5 时把这一步乘以 r</translation>
    </message>
    <message>
        <source>multiply the step by `r`</source>
        <translation>把这一步乘以 `r`</translation>
    </message>
    <message>
        <source>takes the root of G + ε (Keras)</source>
        <translation>对 G + ε 开方（Keras）</translation>
    </message>
    <message>
        <source>adds ε to the root of G</source>
        <translation>把 ε 加到 G 的平方根上</translation>
    </message>
    <message>
        <source>write `sqrt(G) + eps` for `sqrt(G + eps)`</source>
        <translation>把 `sqrt(G + eps)` 改写为 `sqrt(G) + eps`</translation>
    </message>
    <message>
        <source>divides by the sum of squares</source>
        <translation>除以平方和</translation>
    </message>
    <message>
        <source>divides by its root</source>
        <translation>除以它的平方根</translation>
    </message>
    <message>
        <source>write `sqrt(G) + eps` for `G + eps`</source>
        <translation>把 `G + eps` 改写为 `sqrt(G) + eps`</translation>
    </message>
    <message>
        <source>begins a new sum of squares at every step</source>
        <translation>每一步都重新开始求平方和</translation>
    </message>
    <message>
        <source>adds every gradient&apos;s square to one sum</source>
        <translation>把每个梯度的平方都加到同一个和里</translation>
    </message>
    <message>
        <source>write `G = G + g * g` for `G = g * g`, and keep G from step to step</source>
        <translation>把 `G = g * g` 改写为 `G = G + g * g`，并逐步保留 G</translation>
    </message>
    <message>
        <source>sums the gradients in G</source>
        <translation>在 G 中累加的是梯度</translation>
    </message>
    <message>
        <source>sums their squares</source>
        <translation>累加的是梯度的平方</translation>
    </message>
    <message>
        <source>write `g * g` for `g` in the sum</source>
        <translation>在求和中把 `g` 改写为 `g * g`</translation>
    </message>
    <message>
        <source>sums the gradients&apos; sizes in G</source>
        <translation>在 G 中累加的是梯度的大小</translation>
    </message>
    <message>
        <source>write `g * g` for `abs(g)` in the sum</source>
        <translation>在求和中把 `abs(g)` 改写为 `g * g`</translation>
    </message>
    <message>
        <source>adds the square of the gradient after the step</source>
        <translation>在这一步之后才加上梯度的平方</translation>
    </message>
    <message>
        <source>adds it before the step</source>
        <translation>在这一步之前加上</translation>
    </message>
    <message>
        <source>update G before it is used</source>
        <translation>在使用 G 之前更新它</translation>
    </message>
    <message>
        <source>takes the root of v + ε (Keras, TensorFlow)</source>
        <translation>对 v + ε 开方（Keras、TensorFlow）</translation>
    </message>
    <message>
        <source>write `sqrt(v) + eps` for `sqrt(v + eps)`</source>
        <translation>把 `sqrt(v + eps)` 改写为 `sqrt(v) + eps`</translation>
    </message>
    <message>
        <source>begins with a mean of squares of 1 (TensorFlow 1)</source>
        <translation>平方均值从 1 开始（TensorFlow 1）</translation>
    </message>
    <message>
        <source>begins with 0</source>
        <translation>从 0 开始</translation>
    </message>
    <message>
        <source>begin with `v = zeros_like(w)`</source>
        <translation>以 `v = zeros_like(w)` 开始</translation>
    </message>
    <message>
        <source>corrects the bias of v, as Adam does</source>
        <translation>像 Adam 那样校正 v 的偏差</translation>
    </message>
    <message>
        <source>leaves v as it is</source>
        <translation>让 v 保持原样</translation>
    </message>
    <message>
        <source>use `v` in place of `v / (1 - alpha**t)`</source>
        <translation>用 `v` 代替 `v / (1 - alpha**t)`</translation>
    </message>
    <message>
        <source>takes the share 1 − α of it</source>
        <translation>只取其中的 1 − α 份</translation>
    </message>
    <message>
        <source>multiply the square of the gradient by `(1 - alpha)`</source>
        <translation>把梯度的平方乘以 `(1 - alpha)`</translation>
    </message>
    <message>
        <source>adds up the squares of all gradients, as Adagrad does</source>
        <translation>像 Adagrad 那样累加所有梯度的平方</translation>
    </message>
    <message>
        <source>averages them, and forgets</source>
        <translation>取平均，并会遗忘</translation>
    </message>
    <message>
        <source>write `v = alpha * v + (1 - alpha) * g * g`</source>
        <translation>写成 `v = alpha * v + (1 - alpha) * g * g`</translation>
    </message>
    <message>
        <source>keeps the share 1 − α of v, and takes the share α of the new square</source>
        <translation>v 保留 1 − α 份，新的平方取 α 份</translation>
    </message>
    <message>
        <source>keeps the share α, and takes 1 − α of the new square</source>
        <translation>保留 α 份，新的平方取 1 − α 份</translation>
    </message>
    <message>
        <source>exchange the factors: `v = alpha * v + (1 - alpha) * g * g`</source>
        <translation>交换两个因子：`v = alpha * v + (1 - alpha) * g * g`</translation>
    </message>
    <message>
        <source>divides by the mean of squares</source>
        <translation>除以平方均值</translation>
    </message>
    <message>
        <source>write `sqrt(v) + eps` for `v + eps`</source>
        <translation>把 `v + eps` 改写为 `sqrt(v) + eps`</translation>
    </message>
    <message>
        <source>updates the mean of squares after the step</source>
        <translation>在这一步之后才更新平方均值</translation>
    </message>
    <message>
        <source>updates it before the step</source>
        <translation>在这一步之前更新</translation>
    </message>
    <message>
        <source>update v before it is used</source>
        <translation>在使用 v 之前更新它</translation>
    </message>
    <message>
        <source>multiplies by the learning rate before the step goes into the momentum buffer (TensorFlow, Keras), which is the same only while the rate stays</source>
        <translation>在这一步进入动量缓冲之前先乘以学习率（TensorFlow、Keras），仅当学习率不变时结果才相同</translation>
    </message>
    <message>
        <source>keep the buffer without the rate, and step by `lr * b`</source>
        <translation>缓冲中不含学习率，这一步取 `lr * b`</translation>
    </message>
    <message>
        <source>leaves the momentum out</source>
        <translation>漏掉了动量</translation>
    </message>
    <message>
        <source>steps by the momentum buffer</source>
        <translation>走动量缓冲</translation>
    </message>
    <message>
        <source>step by `b = momentum * b + g / rms`</source>
        <translation>走 `b = momentum * b + g / rms`</translation>
    </message>
    <message>
        <source>does not subtract the square of the mean gradient though it is centered</source>
        <translation>尽管是中心化的，却没有减去平均梯度的平方</translation>
    </message>
    <message>
        <source>divides by the root of v − ḡ²</source>
        <translation>除以 v − ḡ² 的平方根</translation>
    </message>
    <message>
        <source>subtract `g_bar * g_bar` from v in the root</source>
        <translation>在根号下从 v 中减去 `g_bar * g_bar`</translation>
    </message>
    <message>
        <source>subtracts the mean gradient</source>
        <translation>减去的是平均梯度</translation>
    </message>
    <message>
        <source>subtracts its square</source>
        <translation>减去它的平方</translation>
    </message>
    <message>
        <source>write `g_bar * g_bar` for `g_bar`</source>
        <translation>把 `g_bar` 改写为 `g_bar * g_bar`</translation>
    </message>
    <message>
        <source>has its rate fixed at 1, as the paper has none</source>
        <translation>学习率固定为 1，因为论文中没有</translation>
    </message>
    <message>
        <source>multiplies the step by a learning rate, 1 unless given</source>
        <translation>把这一步乘以学习率，未给出时为 1</translation>
    </message>
    <message>
        <source>accumulates the step&apos;s square before it takes the root of that mean</source>
        <translation>在对均值开方之前就累加了这一步的平方</translation>
    </message>
    <message>
        <source>uses the mean of the steps before</source>
        <translation>用的是之前各步的均值</translation>
    </message>
    <message>
        <source>take `sqrt(u + eps)` before u is updated</source>
        <translation>在更新 u 之前先取 `sqrt(u + eps)`</translation>
    </message>
    <message>
        <source>accumulates the square of the gradient in u</source>
        <translation>在 u 中累加的是梯度的平方</translation>
    </message>
    <message>
        <source>accumulates the square of the step</source>
        <translation>累加的是这一步的平方</translation>
    </message>
    <message>
        <source>write `dw * dw` for `g * g` in u</source>
        <translation>在 u 中把 `g * g` 改写为 `dw * dw`</translation>
    </message>
    <message>
        <source>accumulates the square of the step as it is taken, with the learning rate</source>
        <translation>累加的是实际所走的步的平方，含学习率</translation>
    </message>
    <message>
        <source>accumulates it without the rate</source>
        <translation>累加时不含学习率</translation>
    </message>
    <message>
        <source>multiply by `lr` only where the weight is updated</source>
        <translation>只在更新权重处乘以 `lr`</translation>
    </message>
    <message>
        <source>adds ε to both roots</source>
        <translation>把 ε 加到两个平方根上</translation>
    </message>
    <message>
        <source>adds ε under both roots</source>
        <translation>把 ε 加在两个根号之下</translation>
    </message>
    <message>
        <source>write `sqrt(u + eps) / sqrt(v + eps)`</source>
        <translation>写成 `sqrt(u + eps) / sqrt(v + eps)`</translation>
    </message>
    <message>
        <source>scales the gradient by the ratio of the mean squares</source>
        <translation>按平方均值之比缩放梯度</translation>
    </message>
    <message>
        <source>scales it by the ratio of their roots</source>
        <translation>按它们的平方根之比缩放</translation>
    </message>
    <message>
        <source>take the root of `u + eps` and of `v + eps`</source>
        <translation>对 `u + eps` 和 `v + eps` 开方</translation>
    </message>
    <message>
        <source>multiplies by the root of v and divides by that of u</source>
        <translation>乘以 v 的平方根，除以 u 的平方根</translation>
    </message>
    <message>
        <source>multiplies by the root of u and divides by that of v</source>
        <translation>乘以 u 的平方根，除以 v 的平方根</translation>
    </message>
    <message>
        <source>exchange `u` and `v` in the step</source>
        <translation>在这一步中交换 `u` 和 `v`</translation>
    </message>
    <message>
        <source>never moves: a step made of the steps before, which are 0, is 0</source>
        <translation>从不移动：步长由过去的步长得出，而那些都是 0</translation>
    </message>
    <message>
        <source>adds ε to the mean of squared steps, so that the first is not 0</source>
        <translation>给步长平方的平均加上 ε，使第一步不为 0</translation>
    </message>
    <message>
        <source>write `sqrt(u + eps)` for `sqrt(u)`</source>
        <translation>把 `sqrt(u)` 改写为 `sqrt(u + eps)`</translation>
    </message>
    <message>
        <source>divides by the root of v alone</source>
        <translation>只除以 v 的平方根</translation>
    </message>
    <message>
        <source>multiplies by the root of u, the mean of squared steps, too</source>
        <translation>还乘以 u 的平方根，u 是各步平方的均值</translation>
    </message>
    <message>
        <source>multiply the step by `sqrt(u + eps)`</source>
        <translation>把这一步乘以 `sqrt(u + eps)`</translation>
    </message>
    <message>
        <source>adds the whole squares to v and u</source>
        <translation>把平方全部加到 v 和 u 上</translation>
    </message>
    <message>
        <source>takes the share 1 − ρ of them</source>
        <translation>只取其中的 1 − ρ 份</translation>
    </message>
    <message>
        <source>multiply the squares by `(1 - rho)`</source>
        <translation>把平方乘以 `(1 - rho)`</translation>
    </message>
    <message>
        <source>takes the share 1 − ρ of it</source>
        <translation>只取其中的 1 − ρ 份</translation>
    </message>
    <message>
        <source>multiply the square of the gradient by `(1 - rho)`</source>
        <translation>把梯度的平方乘以 `(1 - rho)`</translation>
    </message>
    <message>
        <source>adds the whole square of the step to u</source>
        <translation>把这一步的平方全部加到 u 上</translation>
    </message>
    <message>
        <source>multiply the square of the step by `(1 - rho)`</source>
        <translation>把这一步的平方乘以 `(1 - rho)`</translation>
    </message>
    <message>
        <source>takes the input z in a derivative that is a formula of the output a</source>
        <translation>导数是用输出 a 写成的公式，却代入了输入 z</translation>
    </message>
    <message>
        <source>takes the output a there</source>
        <translation>在那里代入输出 a</translation>
    </message>
    <message>
        <source>give the derivative the output, `f(z)`, in place of `z`</source>
        <translation>给导数传入输出 `f(z)`，而不是 `z`</translation>
    </message>
    <message>
        <source>takes the output a in a derivative that is a formula of the input z</source>
        <translation>导数是用输入 z 写成的公式，却代入了输出 a</translation>
    </message>
    <message>
        <source>takes the input z there</source>
        <translation>在那里代入输入 z</translation>
    </message>
    <message>
        <source>give the derivative the input, `z`, in place of `f(z)`</source>
        <translation>给导数传入输入 `z`，而不是 `f(z)`</translation>
    </message>
    <message>
        <source>has 1 for the derivative</source>
        <translation>导数取 1</translation>
    </message>
    <message>
        <source>multiplies by the derivative</source>
        <translation>乘以导数</translation>
    </message>
    <message>
        <source>multiply by the activation&apos;s derivative</source>
        <translation>乘以激活函数的导数</translation>
    </message>
    <message>
        <source>hands its input on as it is</source>
        <translation>把输入原样传下去</translation>
    </message>
    <message>
        <source>applies the activation</source>
        <translation>应用激活函数</translation>
    </message>
    <message>
        <source>apply the activation to `z`</source>
        <translation>对 `z` 应用激活函数</translation>
    </message>
    <message>
        <source>hands its input on as it is, while its derivative is the activation&apos;s</source>
        <translation>原样传出输入，而导数是激活函数的</translation>
    </message>
    <message>
        <source>has the function itself for its derivative</source>
        <translation>把函数本身当作导数</translation>
    </message>
    <message>
        <source>has how fast the output changes with z</source>
        <translation>取输出随 z 变化的快慢</translation>
    </message>
    <message>
        <source>return the slope at `z`, in place of the value there</source>
        <translation>返回 `z` 处的斜率，而不是那里的值</translation>
    </message>
    <message>
        <source>has the function itself for its derivative up to the threshold</source>
        <translation>阈值以内把函数本身当作导数</translation>
    </message>
    <message>
        <source>has the sigmoid there</source>
        <translation>在那里取 sigmoid</translation>
    </message>
    <message>
        <source>write `1 / (1 + exp(-z))` for `a`</source>
        <translation>把 `a` 改写为 `1 / (1 + exp(-z))`</translation>
    </message>
    <message>
        <source>leaves out the factor z in the value</source>
        <translation>值里漏掉了因子 z</translation>
    </message>
    <message>
        <source>multiplies by z</source>
        <translation>乘以 z</translation>
    </message>
    <message>
        <source>multiply the value by `z`</source>
        <translation>给值乘上 `z`</translation>
    </message>
    <message>
        <source>has the derivative with the other sign</source>
        <translation>导数的符号相反</translation>
    </message>
    <message>
        <source>has it without</source>
        <translation>符号不相反</translation>
    </message>
    <message>
        <source>change the sign of the derivative</source>
        <translation>改变导数的符号</translation>
    </message>
    <message>
        <source>raises e to the power z</source>
        <translation>取 e 的 z 次幂</translation>
    </message>
    <message>
        <source>raises e to the power −z</source>
        <translation>取 e 的 −z 次幂</translation>
    </message>
    <message>
        <source>write `exp(-z)` for `exp(z)`</source>
        <translation>把 `exp(z)` 改写为 `exp(-z)`</translation>
    </message>
    <message>
        <source>has a alone for the derivative</source>
        <translation>导数只取 a</translation>
    </message>
    <message>
        <source>has a·(1 − a)</source>
        <translation>取 a·(1 − a)</translation>
    </message>
    <message>
        <source>write `a * (1 - a)` for `a`</source>
        <translation>把 `a` 改写为 `a * (1 - a)`</translation>
    </message>
    <message>
        <source>has 1 − a alone for the derivative</source>
        <translation>导数只取 1 − a</translation>
    </message>
    <message>
        <source>write `a * (1 - a)` for `1 - a`</source>
        <translation>把 `1 - a` 改写为 `a * (1 - a)`</translation>
    </message>
    <message>
        <source>has 1 − a for the derivative</source>
        <translation>导数取 1 − a</translation>
    </message>
    <message>
        <source>has 1 − a²</source>
        <translation>取 1 − a²</translation>
    </message>
    <message>
        <source>write `1 - a * a` for `1 - a`</source>
        <translation>把 `1 - a` 改写为 `1 - a * a`</translation>
    </message>
    <message>
        <source>is the sigmoid</source>
        <translation>是 sigmoid</translation>
    </message>
    <message>
        <source>is the hyperbolic tangent</source>
        <translation>是双曲正切</translation>
    </message>
    <message>
        <source>write `tanh(z)`</source>
        <translation>写成 `tanh(z)`</translation>
    </message>
    <message>
        <source>is 1 where z is positive</source>
        <translation>z 为正时取 1</translation>
    </message>
    <message>
        <source>is z itself there</source>
        <translation>在那里取 z 本身</translation>
    </message>
    <message>
        <source>return `z` for 1 where `z` is positive</source>
        <translation>`z` 为正时返回 `z` 而不是 1</translation>
    </message>
    <message>
        <source>keeps what is negative, and has 0 for the rest</source>
        <translation>保留负的部分，其余取 0</translation>
    </message>
    <message>
        <source>keeps what is positive</source>
        <translation>保留正的部分</translation>
    </message>
    <message>
        <source>write `maximum` for `minimum`</source>
        <translation>把 `minimum` 改写为 `maximum`</translation>
    </message>
    <message>
        <source>grows beyond 6</source>
        <translation>超过 6 后继续增大</translation>
    </message>
    <message>
        <source>stays at 6, where its derivative is 0</source>
        <translation>停在 6，那里导数为 0</translation>
    </message>
    <message>
        <source>write `minimum(…, 6)`, and 0 for the derivative beyond 6</source>
        <translation>写成 `minimum(…, 6)`，超过 6 处导数写 0</translation>
    </message>
    <message>
        <source>has 1 for the derivative beyond 6</source>
        <translation>超过 6 处导数取 1</translation>
    </message>
    <message>
        <source>write 0 for the derivative where `z` is 6 or more</source>
        <translation>`z` 不小于 6 处导数写 0</translation>
    </message>
    <message>
        <source>grows beyond 6, while its derivative is 0 there</source>
        <translation>超过 6 后继续增大，而那里的导数是 0</translation>
    </message>
    <message>
        <source>stays at 6</source>
        <translation>停在 6</translation>
    </message>
    <message>
        <source>write `minimum(…, 6)`</source>
        <translation>写成 `minimum(…, 6)`</translation>
    </message>
    <message>
        <source>is tanh itself</source>
        <translation>就是 tanh</translation>
    </message>
    <message>
        <source>is z, held within −1 and 1</source>
        <translation>是限制在 −1 与 1 之间的 z</translation>
    </message>
    <message>
        <source>write `clip(z, -1, 1)`</source>
        <translation>写成 `clip(z, -1, 1)`</translation>
    </message>
    <message>
        <source>has tanh&apos;s derivative, 1 − a²</source>
        <translation>取 tanh 的导数 1 − a²</translation>
    </message>
    <message>
        <source>has 1 between −1 and 1, and 0 beyond</source>
        <translation>在 −1 与 1 之间取 1，以外取 0</translation>
    </message>
    <message>
        <source>write 1 where `z` is between −1 and 1, else 0</source>
        <translation>`z` 在 −1 与 1 之间写 1，否则写 0</translation>
    </message>
    <message>
        <source>divides by 1 + |z| once in the derivative</source>
        <translation>导数里只除了一次 1 + |z|</translation>
    </message>
    <message>
        <source>divides by its square</source>
        <translation>除以它的平方</translation>
    </message>
    <message>
        <source>square the divisor in the derivative</source>
        <translation>把导数的分母平方</translation>
    </message>
    <message>
        <source>divides by 1 + z</source>
        <translation>除以 1 + z</translation>
    </message>
    <message>
        <source>divides by 1 + |z|</source>
        <translation>除以 1 + |z|</translation>
    </message>
    <message>
        <source>write `1 + abs(z)` for `1 + z`</source>
        <translation>把 `1 + z` 改写为 `1 + abs(z)`</translation>
    </message>
    <message>
        <source>has 1 for the derivative at 0</source>
        <translation>在 0 处导数取 1</translation>
    </message>
    <message>
        <source>keeps those numbers</source>
        <translation>保留这些数</translation>
    </message>
    <message>
        <source>adds the input</source>
        <translation>加上输入</translation>
    </message>
    <message>
        <source>has 0 there</source>
        <translation>在那里取 0</translation>
    </message>
    <message>
        <source>write `z &gt; 0` for `z &gt;= 0`</source>
        <translation>把 `z &gt;= 0` 改写为 `z &gt; 0`</translation>
    </message>
    <message>
        <source>has ½ for the derivative at 0</source>
        <translation>在 0 处导数取 ½</translation>
    </message>
    <message>
        <source>write `z &gt; 0` for the step function with ½ at 0</source>
        <translation>把在 0 处取 ½ 的阶跃函数改写为 `z &gt; 0`</translation>
    </message>
    <message>
        <source>has the slope of the negative side there</source>
        <translation>在那里取负半轴的斜率</translation>
    </message>
    <message>
        <source>is 0 where z is negative</source>
        <translation>z 为负时取 0</translation>
    </message>
    <message>
        <source>is z times a small slope there</source>
        <translation>在那里取 z 乘以小斜率</translation>
    </message>
    <message>
        <source>write `slope * z` for 0 where `z` is negative, and `slope` in the derivative</source>
        <translation>在 `z` 为负处把 0 改写为 `slope * z`，导数中写 `slope`</translation>
    </message>
    <message>
        <source>has 0 for the derivative where z is negative</source>
        <translation>z 为负时导数取 0</translation>
    </message>
    <message>
        <source>has the slope there</source>
        <translation>在那里取斜率</translation>
    </message>
    <message>
        <source>write `slope` for 0 in the derivative where `z` is negative</source>
        <translation>在 `z` 为负处把导数中的 0 改写为 `slope`</translation>
    </message>
    <message>
        <source>is 0 where z is negative, while its derivative has the slope</source>
        <translation>z 为负时取 0，而它的导数却有斜率</translation>
    </message>
    <message>
        <source>is z times the slope there</source>
        <translation>在那里取 z 乘以斜率</translation>
    </message>
    <message>
        <source>write `slope * z` for 0 where `z` is negative</source>
        <translation>在 `z` 为负处把 0 改写为 `slope * z`</translation>
    </message>
    <message>
        <source>has a for the derivative where z is negative</source>
        <translation>z 为负时导数取 a</translation>
    </message>
    <message>
        <source>has a + α there</source>
        <translation>在那里取 a + α</translation>
    </message>
    <message>
        <source>write `a + alpha` for `a` in the derivative</source>
        <translation>在导数中把 `a` 改写为 `a + alpha`</translation>
    </message>
    <message>
        <source>is α·eᶻ where z is negative</source>
        <translation>z 为负时取 α·eᶻ</translation>
    </message>
    <message>
        <source>is α·(eᶻ − 1) there</source>
        <translation>在那里取 α·(eᶻ − 1)</translation>
    </message>
    <message>
        <source>subtract 1 from `exp(z)`</source>
        <translation>从 `exp(z)` 中减去 1</translation>
    </message>
    <message>
        <source>does not subtract 1 from the power of e where z is negative</source>
        <translation>z 为负时没有从 e 的幂中减去 1</translation>
    </message>
    <message>
        <source>subtracts 1 there</source>
        <translation>在那里减去 1</translation>
    </message>
    <message>
        <source>subtract 1 from the power of e</source>
        <translation>从 e 的幂中减去 1</translation>
    </message>
    <message>
        <source>has a/α + 1 there, which is the power of e</source>
        <translation>在那里取 a/α + 1，也就是 e 的幂</translation>
    </message>
    <message>
        <source>write `exp(z / alpha)` for `a` in the derivative</source>
        <translation>把导数里的 `a` 改写为 `exp(z / alpha)`</translation>
    </message>
    <message>
        <source>leaves out the scale, in value and derivative</source>
        <translation>值和导数都漏掉了比例</translation>
    </message>
    <message>
        <source>multiplies both by 1.0507…</source>
        <translation>两者都乘以 1.0507…</translation>
    </message>
    <message>
        <source>multiply value and derivative by the scale</source>
        <translation>给值和导数都乘上比例</translation>
    </message>
    <message>
        <source>leaves the scale out of the derivative</source>
        <translation>导数漏掉了比例</translation>
    </message>
    <message>
        <source>multiplies it by 1.0507…</source>
        <translation>乘以 1.0507…</translation>
    </message>
    <message>
        <source>multiply the derivative by the scale</source>
        <translation>给导数乘上比例</translation>
    </message>
    <message>
        <source>leaves the scale out of the value</source>
        <translation>值漏掉了比例</translation>
    </message>
    <message>
        <source>multiply the value by the scale</source>
        <translation>给值乘上比例</translation>
    </message>
    <message>
        <source>is the approximation by tanh, in value and derivative</source>
        <translation>值和导数都是 tanh 近似</translation>
    </message>
    <message>
        <source>is exact, with the error function, unless asked for `approximate=&quot;tanh&quot;`</source>
        <translation>用误差函数的精确式，除非指定 `approximate=&quot;tanh&quot;`</translation>
    </message>
    <message>
        <source>use `0.5 * z * (1 + erf(z / sqrt(2)))` and its derivative</source>
        <translation>使用 `0.5 * z * (1 + erf(z / sqrt(2)))` 及其导数</translation>
    </message>
    <message>
        <source>is the approximation z·σ(1.702 z), in value and derivative</source>
        <translation>值和导数都是近似 z·σ(1.702 z)</translation>
    </message>
    <message>
        <source>is exact, with the error function</source>
        <translation>用误差函数的精确式</translation>
    </message>
    <message>
        <source>has the exact value and the derivative of the approximation by tanh</source>
        <translation>值是精确的，导数却是 tanh 近似的</translation>
    </message>
    <message>
        <source>has value and derivative of the exact form</source>
        <translation>值和导数都用精确式</translation>
    </message>
    <message>
        <source>take the derivative of the exact form: `cdf + z * pdf`</source>
        <translation>取精确式的导数：`cdf + z * pdf`</translation>
    </message>
    <message>
        <source>has the value of the approximation by tanh and the exact derivative</source>
        <translation>值是 tanh 近似的，导数却是精确的</translation>
    </message>
    <message>
        <source>use `0.5 * z * (1 + erf(z / sqrt(2)))`</source>
        <translation>使用 `0.5 * z * (1 + erf(z / sqrt(2)))`</translation>
    </message>
    <message>
        <source>has Φ(z) alone for the derivative</source>
        <translation>导数只取 Φ(z)</translation>
    </message>
    <message>
        <source>has Φ(z) + z·φ(z)</source>
        <translation>取 Φ(z) + z·φ(z)</translation>
    </message>
    <message>
        <source>add `z * pdf` to the derivative</source>
        <translation>在导数中加上 `z * pdf`</translation>
    </message>
    <message>
        <source>adds φ(z) to Φ(z) without the factor z</source>
        <translation>给 Φ(z) 加上 φ(z) 时漏掉了因子 z</translation>
    </message>
    <message>
        <source>multiply `pdf` by `z`</source>
        <translation>给 `pdf` 乘上 `z`</translation>
    </message>
    <message>
        <source>has σ′(z) for the derivative</source>
        <translation>导数取 σ′(z)</translation>
    </message>
    <message>
        <source>has σ(z) + z·σ′(z)</source>
        <translation>取 σ(z) + z·σ′(z)</translation>
    </message>
    <message>
        <source>write `s + z * s * (1 - s)` for `s * (1 - s)`</source>
        <translation>把 `s * (1 - s)` 改写为 `s + z * s * (1 - s)`</translation>
    </message>
    <message>
        <source>has σ(z) alone for the derivative</source>
        <translation>导数只取 σ(z)</translation>
    </message>
    <message>
        <source>add `z * s * (1 - s)` to the derivative</source>
        <translation>在导数中加上 `z * s * (1 - s)`</translation>
    </message>
    <message>
        <source>is ln(1 + eᶻ) for every z</source>
        <translation>对每个 z 都取 ln(1 + eᶻ)</translation>
    </message>
    <message>
        <source>is z itself above 20</source>
        <translation>在 20 以上取 z 本身</translation>
    </message>
    <message>
        <source>return `z` where `z` is above 20, and 1 in the derivative</source>
        <translation>在 `z` 大于 20 处返回 `z`，导数取 1</translation>
    </message>
    <message>
        <source>is ln(1 + eᶻ) for every z, while its derivative is 1 above 20</source>
        <translation>对所有 z 都取 ln(1 + eᶻ)，而导数在 20 以上取 1</translation>
    </message>
    <message>
        <source>return `z` where `z` is above 20</source>
        <translation>`z` 大于 20 时返回 `z`</translation>
    </message>
    <message>
        <source>has a·(1 − a) for the derivative, which is the sigmoid&apos;s</source>
        <translation>导数取 a·(1 − a)，那是 sigmoid 的导数</translation>
    </message>
    <message>
        <source>has 1 − σ(z): a is a logarithm here</source>
        <translation>取 1 − σ(z)：这里 a 是对数</translation>
    </message>
    <message>
        <source>write `1 / (1 + exp(z))` for `a * (1 - a)`</source>
        <translation>把 `a * (1 - a)` 改写为 `1 / (1 + exp(z))`</translation>
    </message>
    <message>
        <source>is σ(z), without the logarithm</source>
        <translation>是 σ(z)，没有取对数</translation>
    </message>
    <message>
        <source>is ln σ(z)</source>
        <translation>是 ln σ(z)</translation>
    </message>
    <message>
        <source>take the logarithm: `minimum(z, 0) - log1p(exp(-abs(z)))`</source>
        <translation>取对数：`minimum(z, 0) - log1p(exp(-abs(z)))`</translation>
    </message>
    <message>
        <source>has (z + 3)/6 alone for the derivative between −3 and 3</source>
        <translation>−3 与 3 之间导数只取 (z + 3)/6</translation>
    </message>
    <message>
        <source>adds z/6 to it: z is a factor of the value</source>
        <translation>再加上 z/6：z 是值的一个因子</translation>
    </message>
    <message>
        <source>write `(2 * z + 3) / 6` for `(z + 3) / 6`</source>
        <translation>把 `(z + 3) / 6` 改写为 `(2 * z + 3) / 6`</translation>
    </message>
    <message>
        <source>leaves out softplus&apos; slope, σ(z), in the derivative</source>
        <translation>导数里漏掉了 softplus 的斜率 σ(z)</translation>
    </message>
    <message>
        <source>has t + z·(1 − t²)·σ(z)</source>
        <translation>取 t + z·(1 − t²)·σ(z)</translation>
    </message>
    <message>
        <source>multiply by `1 / (1 + exp(-z))`</source>
        <translation>乘上 `1 / (1 + exp(-z))`</translation>
    </message>
    <message>
        <source>has a value that is averaged over rows and outputs, and a gradient that is summed over rows and outputs</source>
        <translation>值对行和输出取平均，梯度却对行和输出求和</translation>
    </message>
    <message>
        <source>averages both over rows and outputs</source>
        <translation>两者都对行和输出取平均</translation>
    </message>
    <message>
        <source>let value and gradient be divided by the same number</source>
        <translation>让值和梯度除以同一个数</translation>
    </message>
    <message>
        <source>has a value that is averaged over rows and outputs, and a gradient that is summed over the outputs and averaged over the rows</source>
        <translation>值对行和输出取平均，梯度却对输出求和、对行取平均</translation>
    </message>
    <message>
        <source>has a value that is averaged over rows and outputs, and a gradient that is averaged over the outputs and summed over the rows</source>
        <translation>值对行和输出取平均，梯度却对输出取平均、对行求和</translation>
    </message>
    <message>
        <source>has a value that is summed over rows and outputs, and a gradient that is averaged over rows and outputs</source>
        <translation>值对行和输出求和，梯度却对行和输出取平均</translation>
    </message>
    <message>
        <source>has a value that is summed over rows and outputs, and a gradient that is summed over the outputs and averaged over the rows</source>
        <translation>值对行和输出求和，梯度却对输出求和、对行取平均</translation>
    </message>
    <message>
        <source>has a value that is summed over rows and outputs, and a gradient that is averaged over the outputs and summed over the rows</source>
        <translation>值对行和输出求和，梯度却对输出取平均、对行求和</translation>
    </message>
    <message>
        <source>has a value that is summed over the outputs and averaged over the rows, and a gradient that is averaged over rows and outputs</source>
        <translation>值对输出求和、对行取平均，梯度却对行和输出取平均</translation>
    </message>
    <message>
        <source>has a value that is summed over the outputs and averaged over the rows, and a gradient that is summed over rows and outputs</source>
        <translation>值对输出求和、对行取平均，梯度却对行和输出求和</translation>
    </message>
    <message>
        <source>has a value that is summed over the outputs and averaged over the rows, and a gradient that is averaged over the outputs and summed over the rows</source>
        <translation>值对输出求和、对行取平均，梯度却对输出取平均、对行求和</translation>
    </message>
    <message>
        <source>has a value that is averaged over the outputs and summed over the rows, and a gradient that is averaged over rows and outputs</source>
        <translation>值对输出取平均、对行求和，梯度却对行和输出取平均</translation>
    </message>
    <message>
        <source>has a value that is averaged over the outputs and summed over the rows, and a gradient that is summed over rows and outputs</source>
        <translation>值对输出取平均、对行求和，梯度却对行和输出求和</translation>
    </message>
    <message>
        <source>has a value that is averaged over the outputs and summed over the rows, and a gradient that is summed over the outputs and averaged over the rows</source>
        <translation>值对输出取平均、对行求和，梯度却对输出求和、对行取平均</translation>
    </message>
    <message>
        <source>has a value that is averaged over the rows, and a gradient that is summed over the rows</source>
        <translation>值对行取平均，梯度却对行求和</translation>
    </message>
    <message>
        <source>averages both over the rows</source>
        <translation>两者都对行取平均</translation>
    </message>
    <message>
        <source>has a value that is averaged over the rows, and a gradient that is averaged over rows and classes</source>
        <translation>值对行取平均，梯度却对行和类别取平均</translation>
    </message>
    <message>
        <source>has a value that is summed over the rows, and a gradient that is averaged over the rows</source>
        <translation>值对行求和，梯度却对行取平均</translation>
    </message>
    <message>
        <source>has a value that is summed over the rows, and a gradient that is averaged over rows and classes</source>
        <translation>值对行求和，梯度却对行和类别取平均</translation>
    </message>
    <message>
        <source>has a value that is averaged over rows and classes, and a gradient that is averaged over the rows</source>
        <translation>值对行和类别取平均，梯度却对行取平均</translation>
    </message>
    <message>
        <source>has a value that is averaged over rows and classes, and a gradient that is summed over the rows</source>
        <translation>值对行和类别取平均，梯度却对行求和</translation>
    </message>
    <message>
        <source>sums the loss, in value and gradient</source>
        <translation>值和梯度都对损失求和</translation>
    </message>
    <message>
        <source>averages it</source>
        <translation>取平均</translation>
    </message>
    <message>
        <source>divide value and gradient by their number</source>
        <translation>把值和梯度除以它们的个数</translation>
    </message>
    <message>
        <source>sums over the outputs and averages over the rows, in value and gradient</source>
        <translation>值和梯度都对输出求和、对行取平均</translation>
    </message>
    <message>
        <source>averages over outputs and rows</source>
        <translation>对输出和行取平均</translation>
    </message>
    <message>
        <source>divide value and gradient by the number of outputs too</source>
        <translation>把值和梯度再除以输出数</translation>
    </message>
    <message>
        <source>averages over the outputs and sums over the rows, in value and gradient</source>
        <translation>值和梯度都对输出取平均、对行求和</translation>
    </message>
    <message>
        <source>divide value and gradient by the number of rows too</source>
        <translation>把值和梯度再除以行数</translation>
    </message>
    <message>
        <source>has a factor ½, in value and gradient</source>
        <translation>值和梯度都带有因子 ½</translation>
    </message>
    <message>
        <source>has none</source>
        <translation>没有这个因子</translation>
    </message>
    <message>
        <source>remove the factor ½ from value and gradient</source>
        <translation>从值和梯度中去掉因子 ½</translation>
    </message>
    <message>
        <source>has a factor ½ in the value, and the gradient of a loss without it</source>
        <translation>值带有因子 ½，梯度却是不带它的损失的</translation>
    </message>
    <message>
        <source>has no factor ½</source>
        <translation>没有因子 ½</translation>
    </message>
    <message>
        <source>remove the factor ½ from the value</source>
        <translation>从值中去掉因子 ½</translation>
    </message>
    <message>
        <source>leaves out the factor 2 in the gradient</source>
        <translation>梯度中漏掉了因子 2</translation>
    </message>
    <message>
        <source>has it: the derivative of e² is 2·e</source>
        <translation>有这个因子：e² 的导数是 2·e</translation>
    </message>
    <message>
        <source>multiply the gradient by 2</source>
        <translation>把梯度乘以 2</translation>
    </message>
    <message>
        <source>averages the errors with their signs</source>
        <translation>对带符号的误差取平均</translation>
    </message>
    <message>
        <source>averages their sizes, so that none cancels another</source>
        <translation>对绝对值取平均，使正负不相消</translation>
    </message>
    <message>
        <source>write `abs(a - y)` for `a - y` in the value</source>
        <translation>把值里的 `a - y` 改写为 `abs(a - y)`</translation>
    </message>
    <message>
        <source>has the error itself in the gradient, however large it is</source>
        <translation>无论误差多大，梯度都取误差本身</translation>
    </message>
    <message>
        <source>holds it within bounds beyond which the loss is a line</source>
        <translation>把它限制在界内，界外损失是直线</translation>
    </message>
    <message>
        <source>clip the error in the gradient</source>
        <translation>在梯度里截断误差</translation>
    </message>
    <message>
        <source>squares every error, however large it is</source>
        <translation>无论误差多大都取平方</translation>
    </message>
    <message>
        <source>is a line for large errors</source>
        <translation>误差大时是直线</translation>
    </message>
    <message>
        <source>take the line where the error is large</source>
        <translation>误差大时取直线</translation>
    </message>
    <message>
        <source>has the gradient with the other sign</source>
        <translation>梯度的符号相反</translation>
    </message>
    <message>
        <source>subtracts the target from the output</source>
        <translation>从输出中减去目标</translation>
    </message>
    <message>
        <source>write `a - y` for `y - a` in the gradient</source>
        <translation>在梯度中把 `y - a` 改写为 `a - y`</translation>
    </message>
    <message>
        <source>has the value with the other sign</source>
        <translation>值的符号相反</translation>
    </message>
    <message>
        <source>has a loss that falls as the output comes nearer</source>
        <translation>损失随输出接近目标而下降</translation>
    </message>
    <message>
        <source>change the sign of the value</source>
        <translation>改变值的符号</translation>
    </message>
    <message>
        <source>has value and gradient with the other sign</source>
        <translation>值和梯度的符号都相反</translation>
    </message>
    <message>
        <source>change the sign of value and gradient</source>
        <translation>改变值和梯度的符号</translation>
    </message>
    <message>
        <source>takes the softmax twice</source>
        <translation>取了两次 softmax</translation>
    </message>
    <message>
        <source>takes it once, of the logits</source>
        <translation>只对 logits 取一次</translation>
    </message>
    <message>
        <source>give the loss logits, or take no softmax in it</source>
        <translation>给损失传入 logits，或在损失中不取 softmax</translation>
    </message>
    <message>
        <source>takes the softmax twice in the value</source>
        <translation>值中取了两次 softmax</translation>
    </message>
    <message>
        <source>take one softmax in the value</source>
        <translation>值中只取一次 softmax</translation>
    </message>
    <message>
        <source>takes the softmax twice in the gradient</source>
        <translation>梯度中取了两次 softmax</translation>
    </message>
    <message>
        <source>take one softmax in the gradient</source>
        <translation>梯度中只取一次 softmax</translation>
    </message>
    <message>
        <source>does not divide the gradient by the number of rows, though the value is a mean</source>
        <translation>没有把梯度除以行数，尽管值是平均值</translation>
    </message>
    <message>
        <source>divides value and gradient by the number of rows</source>
        <translation>把值和梯度除以行数</translation>
    </message>
    <message>
        <source>divide the gradient by `len(y)`</source>
        <translation>把梯度除以 `len(y)`</translation>
    </message>
    <message>
        <source>divides by the number of classes too, in value and gradient</source>
        <translation>值和梯度还除以了类别数</translation>
    </message>
    <message>
        <source>divides by the number of rows alone</source>
        <translation>只除以行数</translation>
    </message>
    <message>
        <source>write `sum(…) / len(y)` for a mean over all numbers</source>
        <translation>不对所有数取平均，写成 `sum(…) / len(y)`</translation>
    </message>
    <message>
        <source>takes probabilities</source>
        <translation>接受概率</translation>
    </message>
    <message>
        <source>takes logits, and takes the softmax itself</source>
        <translation>接受 logits，并自己取 softmax</translation>
    </message>
    <message>
        <source>take `log_softmax` of the logits in the loss</source>
        <translation>在损失中对 logits 取 `log_softmax`</translation>
    </message>
    <message>
        <source>takes probabilities, and gives the gradient by the logits that they come from</source>
        <translation>接受概率，给出的却是对产生概率的 logits 的梯度</translation>
    </message>
    <message>
        <source>adds a small number to the probability before the logarithm</source>
        <translation>在取对数之前给概率加上一个小数</translation>
    </message>
    <message>
        <source>computes `log_softmax`, which needs none</source>
        <translation>计算 `log_softmax`，不需要它</translation>
    </message>
    <message>
        <source>compute `z - max(z) - log(sum(exp(z - max(z))))`</source>
        <translation>计算 `z - max(z) - log(sum(exp(z - max(z))))`</translation>
    </message>
    <message>
        <source>keeps the probability a small number away from 0 and 1 before the logarithm (Keras)</source>
        <translation>在取对数之前让概率与 0 和 1 保持一点距离（Keras）</translation>
    </message>
    <message>
        <source>has the probabilities alone for the gradient</source>
        <translation>梯度只是概率本身</translation>
    </message>
    <message>
        <source>subtracts 1 at the true class</source>
        <translation>在真实类别处减去 1</translation>
    </message>
    <message>
        <source>subtract 1 from the probability of the true class</source>
        <translation>从真实类别的概率中减去 1</translation>
    </message>
    <message>
        <source>takes probabilities, as `binary_cross_entropy` does</source>
        <translation>像 `binary_cross_entropy` 那样接受概率</translation>
    </message>
    <message>
        <source>takes logits in `binary_cross_entropy_with_logits`</source>
        <translation>在 `binary_cross_entropy_with_logits` 中接受 logits</translation>
    </message>
    <message>
        <source>compare it with `binary_cross_entropy`, or take the logits</source>
        <translation>与 `binary_cross_entropy` 比较，或改为接受 logits</translation>
    </message>
    <message>
        <source>take the logits, and the sigmoid in the loss</source>
        <translation>接受 logits，在损失中取 sigmoid</translation>
    </message>
    <message>
        <source>computes `logsigmoid`, which needs none</source>
        <translation>计算 `logsigmoid`，不需要它</translation>
    </message>
    <message>
        <source>compute `(1 - y) * z - logsigmoid(z)`</source>
        <translation>计算 `(1 - y) * z - logsigmoid(z)`</translation>
    </message>
    <message>
        <source>takes the sigmoid twice</source>
        <translation>取了两次 sigmoid</translation>
    </message>
    <message>
        <source>give the loss logits, or take no sigmoid in it</source>
        <translation>给损失传入 logits，或在损失中不取 sigmoid</translation>
    </message>
    <message>
        <source>takes the sigmoid twice in the value</source>
        <translation>值中取了两次 sigmoid</translation>
    </message>
    <message>
        <source>take one sigmoid in the value</source>
        <translation>值中只取一次 sigmoid</translation>
    </message>
    <message>
        <source>takes the sigmoid twice in the gradient</source>
        <translation>梯度中取了两次 sigmoid</translation>
    </message>
    <message>
        <source>take one sigmoid in the gradient</source>
        <translation>梯度中只取一次 sigmoid</translation>
    </message>
    <message>
        <source>multiplies the gradient by the sigmoid&apos;s slope, p·(1 − p)</source>
        <translation>梯度又乘了 sigmoid 的斜率 p·(1 − p)</translation>
    </message>
    <message>
        <source>has p − y: the slope has cancelled</source>
        <translation>取 p − y：斜率已经约掉</translation>
    </message>
    <message>
        <source>leave out `p * (1 - p)`</source>
        <translation>去掉 `p * (1 - p)`</translation>
    </message>
    <message>
        <source>leaves out the term of the targets that are 0</source>
        <translation>漏掉了目标为 0 的那一项</translation>
    </message>
    <message>
        <source>has both terms, y·ln p + (1 − y)·ln(1 − p)</source>
        <translation>两项都有：y·ln p + (1 − y)·ln(1 − p)</translation>
    </message>
    <message>
        <source>add `(1 - y) * log(1 - p)`</source>
        <translation>加上 `(1 - y) * log(1 - p)`</translation>
    </message>
    <message>
        <source>leaves out the term of the targets that are 0, in the value</source>
        <translation>值中漏掉了目标为 0 的那一项</translation>
    </message>
    <message>
        <source>add `(1 - y) * log(1 - p)` to the value</source>
        <translation>在值中加上 `(1 - y) * log(1 - p)`</translation>
    </message>
    <message>
        <source>multiplies by Wᵀ in the gradient of x</source>
        <translation>在 x 的梯度中乘以 Wᵀ</translation>
    </message>
    <message>
        <source>multiplies by W there, where the layer itself has x·Wᵀ</source>
        <translation>在那里乘以 W，而层本身是 x·Wᵀ</translation>
    </message>
    <message>
        <source>write `dz @ W` for `dz @ W.T`, where W is (out, in)</source>
        <translation>把 `dz @ W.T` 改写为 `dz @ W`，其中 W 为 (out, in)</translation>
    </message>
    <message>
        <source>has the gradient of W transposed</source>
        <translation>W 的梯度被转置了</translation>
    </message>
    <message>
        <source>has it shaped as W</source>
        <translation>它的形状与 W 相同</translation>
    </message>
    <message>
        <source>write `dz.T @ x` for `x.T @ dz`, where W is (out, in)</source>
        <translation>把 `x.T @ dz` 改写为 `dz.T @ x`，其中 W 为 (out, in)</translation>
    </message>
    <message>
        <source>does not sum the bias&apos;s gradient over the rows</source>
        <translation>没有对行求偏置梯度之和</translation>
    </message>
    <message>
        <source>sums it over the rows, as each row adds the same bias</source>
        <translation>对行求和，因为每一行都加上同一个偏置</translation>
    </message>
    <message>
        <source>write `dz.sum(axis=0)` for `dz`</source>
        <translation>把 `dz` 改写为 `dz.sum(axis=0)`</translation>
    </message>
    <message>
        <source>takes the bias&apos;s gradient from the first row alone</source>
        <translation>偏置的梯度只取第一行</translation>
    </message>
    <message>
        <source>write `dz.sum(axis=0)` for `dz[0]`</source>
        <translation>把 `dz[0]` 改写为 `dz.sum(axis=0)`</translation>
    </message>
    <message>
        <source>takes the bias&apos;s gradient from the last row alone</source>
        <translation>偏置的梯度只取最后一行</translation>
    </message>
    <message>
        <source>write `dz.sum(axis=0)` for `dz[-1]`</source>
        <translation>把 `dz[-1]` 改写为 `dz.sum(axis=0)`</translation>
    </message>
    <message>
        <source>sums the bias&apos;s gradient over the outputs</source>
        <translation>对输出求偏置梯度之和</translation>
    </message>
    <message>
        <source>write `dz.sum(axis=0)` for `dz.sum(axis=1)`</source>
        <translation>把 `dz.sum(axis=1)` 改写为 `dz.sum(axis=0)`</translation>
    </message>
    <message>
        <source>sums the bias&apos;s gradient over rows and outputs</source>
        <translation>对行和输出都求偏置梯度之和</translation>
    </message>
    <message>
        <source>write `dz.sum(axis=0)` for `dz.sum()`</source>
        <translation>把 `dz.sum()` 改写为 `dz.sum(axis=0)`</translation>
    </message>
    <message>
        <source>averages the bias&apos;s gradient over the rows</source>
        <translation>对行求偏置梯度的平均</translation>
    </message>
    <message>
        <source>sums it over the rows: the loss&apos;s gradient has the mean already</source>
        <translation>对行求和：损失的梯度中已有平均</translation>
    </message>
    <message>
        <source>write `dz.sum(axis=0)` for `dz.mean(axis=0)`</source>
        <translation>把 `dz.mean(axis=0)` 改写为 `dz.sum(axis=0)`</translation>
    </message>
    <message>
        <source>divides the gradient of W by the number of rows, that of b not</source>
        <translation>把 W 的梯度除以行数，b 的却没有</translation>
    </message>
    <message>
        <source>divides neither: the loss&apos;s gradient has the mean already</source>
        <translation>两者都不除：损失的梯度中已有平均</translation>
    </message>
    <message>
        <source>remove the division by the number of rows</source>
        <translation>去掉除以行数</translation>
    </message>
    <message>
        <source>leaves the bias out</source>
        <translation>漏掉了偏置</translation>
    </message>
    <message>
        <source>adds the bias</source>
        <translation>加上偏置</translation>
    </message>
    <message>
        <source>add `b` to `x @ W.T`</source>
        <translation>在 `x @ W.T` 上加 `b`</translation>
    </message>
    <message>
        <source>hands on the gradient without the weights</source>
        <translation>没有乘以权重就把梯度传下去</translation>
    </message>
    <message>
        <source>multiplies it by W</source>
        <translation>乘以 W</translation>
    </message>
    <message>
        <source>write `dx = dz @ W`, where W is (out, in)</source>
        <translation>写成 `dx = dz @ W`，其中 W 为 (out, in)</translation>
    </message>
    <message>
        <source>goes back through the weights that it has just updated</source>
        <translation>反向经过的是刚刚更新过的权重</translation>
    </message>
    <message>
        <source>goes back through those of the forward pass</source>
        <translation>反向经过前向传播时的权重</translation>
    </message>
    <message>
        <source>compute `dx` before the weights are updated</source>
        <translation>在更新权重之前计算 `dx`</translation>
    </message>
    <message>
        <source>leaves the activation&apos;s derivative out</source>
        <translation>漏掉了激活函数的导数</translation>
    </message>
    <message>
        <source>multiplies the gradient by it</source>
        <translation>把梯度乘以它</translation>
    </message>
    <message>
        <source>multiply `da` by the derivative of the activation at `z`</source>
        <translation>把 `da` 乘以激活函数在 `z` 处的导数</translation>
    </message>
    <message>
        <source>divides the gradients of W and b by the number of rows, where the loss&apos;s gradient does not</source>
        <translation>把 W 和 b 的梯度除以行数，而损失的梯度没有除</translation>
    </message>
    <message>
        <source>divides in the loss&apos;s gradient</source>
        <translation>在损失的梯度中除</translation>
    </message>
    <message>
        <source>divide the loss&apos;s gradient by the number of rows, and not those of W and b</source>
        <translation>把损失的梯度除以行数，W 和 b 的不除</translation>
    </message>
    <message>
        <source>leaves out the path through the mean in the gradient of x</source>
        <translation>在 x 的梯度中漏掉了经过均值的路径</translation>
    </message>
    <message>
        <source>adds up three paths: as it is, through the mean, and through the variance</source>
        <translation>把三条路径相加：直接的、经过均值的、经过方差的</translation>
    </message>
    <message>
        <source>subtract the mean of `dx_hat / sigma` too</source>
        <translation>再减去 `dx_hat / sigma` 的均值</translation>
    </message>
    <message>
        <source>leaves out the path through the variance in the gradient of x</source>
        <translation>在 x 的梯度中漏掉了经过方差的路径</translation>
    </message>
    <message>
        <source>subtract `x_hat * mean(dx_hat * x_hat) / sigma` too</source>
        <translation>再减去 `x_hat * mean(dx_hat * x_hat) / sigma`</translation>
    </message>
    <message>
        <source>leaves gamma out of the gradient of x</source>
        <translation>在 x 的梯度中漏掉了 gamma</translation>
    </message>
    <message>
        <source>multiplies the gradient by gamma first</source>
        <translation>先把梯度乘以 gamma</translation>
    </message>
    <message>
        <source>begin with `dx_hat = dout * gamma`</source>
        <translation>以 `dx_hat = dout * gamma` 开始</translation>
    </message>
    <message>
        <source>normalizes a batch by the variance of n − 1</source>
        <translation>用除以 n − 1 的方差归一化批次</translation>
    </message>
    <message>
        <source>divides the squares of a batch by n, and those of the running variance alone by n − 1</source>
        <translation>批次的平方和除以 n，只有滑动方差除以 n − 1</translation>
    </message>
    <message>
        <source>normalize by `x.var(axis=0)`, without `ddof=1`</source>
        <translation>用 `x.var(axis=0)` 归一化，不带 `ddof=1`</translation>
    </message>
    <message>
        <source>divides the squares by n − 1, and in the gradient by n</source>
        <translation>平方和除以 n − 1，梯度中却除以 n</translation>
    </message>
    <message>
        <source>divides by n in both</source>
        <translation>两处都除以 n</translation>
    </message>
    <message>
        <source>divide by n in both: `x.var()`, without `ddof=1`</source>
        <translation>两处都除以 n：`x.var()`，不带 `ddof=1`</translation>
    </message>
    <message>
        <source>adds epsilon to the root</source>
        <translation>把 epsilon 加到平方根上</translation>
    </message>
    <message>
        <source>adds it under the root, to the variance</source>
        <translation>把它加在根号下的方差上</translation>
    </message>
    <message>
        <source>write `sqrt(var + eps)` for `sqrt(var) + eps`</source>
        <translation>把 `sqrt(var) + eps` 改写为 `sqrt(var + eps)`</translation>
    </message>
    <message>
        <source>averages the variance of n in the running variance</source>
        <translation>在滑动方差中平均的是除以 n 的方差</translation>
    </message>
    <message>
        <source>averages that of n − 1 there, though it normalizes by that of n</source>
        <translation>在那里平均的是除以 n − 1 的方差，尽管归一化用的是除以 n 的</translation>
    </message>
    <message>
        <source>update the running variance with `var * n / (n - 1)`</source>
        <translation>用 `var * n / (n - 1)` 更新滑动方差</translation>
    </message>
    <message>
        <source>takes momentum for the share of the running average that is kept: 0.9 of its own is torch&apos;s 0.1</source>
        <translation>把 momentum 当作滑动平均保留的份额：它的 0.9 就是 torch 的 0.1</translation>
    </message>
    <message>
        <source>takes it for the share of the new batch</source>
        <translation>把它当作新批次的份额</translation>
    </message>
    <message>
        <source>write `(1 - momentum) * running + momentum * new`, or give torch 1 − momentum</source>
        <translation>写成 `(1 - momentum) * running + momentum * new`，或给 torch 传入 1 − momentum</translation>
    </message>
    <message>
        <source>normalizes by the batch&apos;s own statistics in evaluation too</source>
        <translation>评估时也用批次自身的统计量归一化</translation>
    </message>
    <message>
        <source>normalizes by the running ones there</source>
        <translation>评估时用滑动统计量归一化</translation>
    </message>
    <message>
        <source>use the running mean and variance where it is not trained</source>
        <translation>在不训练时使用滑动均值和方差</translation>
    </message>
    <message>
        <source>normalizes each column over the rows, as batch norm does</source>
        <translation>像批归一化那样，对各行归一化每一列</translation>
    </message>
    <message>
        <source>normalizes each row by itself, over its columns</source>
        <translation>对每一行在它的各列上单独归一化</translation>
    </message>
    <message>
        <source>take mean and variance with `axis=1` and `keepdims=True`</source>
        <translation>用 `axis=1` 和 `keepdims=True` 求均值和方差</translation>
    </message>
    <message>
        <source>goes back over the rows, as batch norm does, though it normalizes each row by itself</source>
        <translation>像批归一化那样对各行反向，尽管它对每一行单独归一化</translation>
    </message>
    <message>
        <source>goes back over the columns of each row</source>
        <translation>对每一行的各列反向</translation>
    </message>
    <message>
        <source>sum with `axis=1` and `keepdims=True` in the gradient of x, and divide by the number of columns</source>
        <translation>在 x 的梯度中用 `axis=1` 和 `keepdims=True` 求和，并除以列数</translation>
    </message>
    <message>
        <source>normalizes by the variance of n − 1</source>
        <translation>用除以 n − 1 的方差归一化</translation>
    </message>
    <message>
        <source>divides the squares by n</source>
        <translation>平方和除以 n</translation>
    </message>
    <message>
        <source>normalize by `x.var(axis=1)`, without `ddof=1`</source>
        <translation>用 `x.var(axis=1)` 归一化，不带 `ddof=1`</translation>
    </message>
    <message>
        <source>subtracts the mean first, as layer norm does</source>
        <translation>像层归一化那样先减去均值</translation>
    </message>
    <message>
        <source>divides x by the root of its mean square, and subtracts nothing</source>
        <translation>把 x 除以均方根，什么也不减</translation>
    </message>
    <message>
        <source>write `sqrt(mean(x * x) + eps)`, and divide x itself by it</source>
        <translation>写成 `sqrt(mean(x * x) + eps)`，并用它除 x 本身</translation>
    </message>
    <message>
        <source>divides by the root of the sum of squares</source>
        <translation>除以平方和的平方根</translation>
    </message>
    <message>
        <source>divides by the root of their mean</source>
        <translation>除以平方平均的平方根</translation>
    </message>
    <message>
        <source>write `mean` for `sum`</source>
        <translation>把 `sum` 改写为 `mean`</translation>
    </message>
    <message>
        <source>leaves out the path through the root in the gradient of x</source>
        <translation>在 x 的梯度中漏掉了经过平方根的路径</translation>
    </message>
    <message>
        <source>adds up two paths: as it is, and through the root</source>
        <translation>把两条路径相加：直接的和经过平方根的</translation>
    </message>
    <message>
        <source>subtract `x_hat * mean(dx_hat * x_hat) / rms` too</source>
        <translation>再减去 `x_hat * mean(dx_hat * x_hat) / rms`</translation>
    </message>
    <message>
        <source>lets the numbers be in training, and shrinks them in evaluation (the paper)</source>
        <translation>训练时让数保持原样，评估时缩小它们（论文）</translation>
    </message>
    <message>
        <source>enlarges what stays in training, and lets all be in evaluation</source>
        <translation>训练时放大留下的数，评估时全部保持原样</translation>
    </message>
    <message>
        <source>divide by 1 − p in training, and return `x` in evaluation</source>
        <translation>训练时除以 1 − p，评估时返回 `x`</translation>
    </message>
    <message>
        <source>takes p for the probability with which a number stays</source>
        <translation>把 p 当作数被保留的概率</translation>
    </message>
    <message>
        <source>takes it for the probability with which a number is dropped</source>
        <translation>把它当作数被丢弃的概率</translation>
    </message>
    <message>
        <source>write 1 − p for p, or give torch 1 − p</source>
        <translation>把 p 改写为 1 − p，或给 torch 传入 1 − p</translation>
    </message>
    <message>
        <source>enlarges nothing in training, and shrinks nothing in evaluation</source>
        <translation>训练时什么也不放大，评估时什么也不缩小</translation>
    </message>
    <message>
        <source>divides what stays by 1 − p in training</source>
        <translation>训练时把留下的数除以 1 − p</translation>
    </message>
    <message>
        <source>divide the mask by 1 − p</source>
        <translation>把掩码除以 1 − p</translation>
    </message>
    <message>
        <source>leaves the scale out of the gradient</source>
        <translation>梯度中漏掉了缩放</translation>
    </message>
    <message>
        <source>multiplies by what the forward pass multiplied by</source>
        <translation>乘以前向传播所乘的数</translation>
    </message>
    <message>
        <source>keep the forward pass&apos;s mask, and write `dx = dout * mask / (1 - p)`</source>
        <translation>保留前向传播的掩码，并写成 `dx = dout * mask / (1 - p)`</translation>
    </message>
    <message>
        <source>divides what stays by 1 − p twice</source>
        <translation>把留下的数两次除以 1 − p</translation>
    </message>
    <message>
        <source>divides by it once</source>
        <translation>只除一次</translation>
    </message>
    <message>
        <source>divide once: the mask, or what it leaves</source>
        <translation>只除一次：除掩码，或除它留下的数</translation>
    </message>
    <message>
        <source>divides what stays in training, and shrinks in evaluation as well</source>
        <translation>训练时除了留下的数，评估时又缩小</translation>
    </message>
    <message>
        <source>lets all be in evaluation</source>
        <translation>评估时全部保持原样</translation>
    </message>
    <message>
        <source>return `x` in evaluation</source>
        <translation>评估时返回 `x`</translation>
    </message>
    <message>
        <source>drops the numbers whose mask is 1</source>
        <translation>丢掉了 mask 为 1 的数</translation>
    </message>
    <message>
        <source>multiply by the mask itself</source>
        <translation>乘以 mask 本身</translation>
    </message>
    <message>
        <source>has the numbers of a row in the order of the first axis first, in value and gradient</source>
        <translation>值和梯度都让一行中的第一轴变得最快</translation>
    </message>
    <message>
        <source>has the last axis run fastest</source>
        <translation>让最后一轴变得最快</translation>
    </message>
    <message>
        <source>leave out `order=&quot;F&quot;`</source>
        <translation>去掉 `order=&quot;F&quot;`</translation>
    </message>
    <message>
        <source>has the numbers of a row in the order of the first axis first</source>
        <translation>让一行中的第一轴变得最快</translation>
    </message>
    <message>
        <source>puts the gradients back in the order of the first axis first</source>
        <translation>放回梯度时让第一轴变得最快</translation>
    </message>
    <message>
        <source>puts each where its number stood</source>
        <translation>把每个放回它那个数原来的位置</translation>
    </message>
    <message>
        <source>leaves out the input beside what is inside, in value and gradient</source>
        <translation>值和梯度都漏掉了绕过里面的输入</translation>
    </message>
    <message>
        <source>add `x` to the value, and `dout` to the gradient</source>
        <translation>给值加上 `x`，给梯度加上 `dout`</translation>
    </message>
    <message>
        <source>leaves out the input beside what is inside</source>
        <translation>漏掉了绕过里面的输入</translation>
    </message>
    <message>
        <source>add `x` to the value</source>
        <translation>给值加上 `x`</translation>
    </message>
    <message>
        <source>leaves out what comes back past the inside</source>
        <translation>漏掉了绕过里面传回的量</translation>
    </message>
    <message>
        <source>adds up both paths</source>
        <translation>把两条路相加</translation>
    </message>
    <message>
        <source>add `dout` to the gradient</source>
        <translation>给梯度加上 `dout`</translation>
    </message>
    <message>
        <source>leaves out what comes back through the inside</source>
        <translation>漏掉了穿过里面传回的量</translation>
    </message>
    <message>
        <source>add the inside&apos;s gradient</source>
        <translation>加上里面传回的梯度</translation>
    </message>
    <message>
        <source>multiplies the two paths&apos; gradients</source>
        <translation>把两条路的梯度相乘</translation>
    </message>
    <message>
        <source>adds them up: the value is a sum</source>
        <translation>把它们相加：值是和</translation>
    </message>
    <message>
        <source>write `+` for `*`</source>
        <translation>把 `*` 改写为 `+`</translation>
    </message>
    <message>
        <source>subtracts the input from what is inside</source>
        <translation>从里面的输出中减去了输入</translation>
    </message>
    <message>
        <source>write `x + f(x)`</source>
        <translation>写成 `x + f(x)`</translation>
    </message>
    <message>
        <source>draws another mask in the backward pass</source>
        <translation>在反向传播中另抽一个掩码</translation>
    </message>
    <message>
        <source>hands the gradient on as it is, without the mask</source>
        <translation>不乘掩码就把梯度原样传下去</translation>
    </message>
    <message>
        <source>divides the gradient by 1 − p, without the mask</source>
        <translation>把梯度除以 1 − p，却不乘掩码</translation>
    </message>
    <message>
        <source>enlarges nothing in training, while the gradient is enlarged</source>
        <translation>训练时没有放大，而梯度放大了</translation>
    </message>
    <message>
        <source>counts the rows of the table from 1</source>
        <translation>从 1 数表的行</translation>
    </message>
    <message>
        <source>counts them from 0</source>
        <translation>从 0 数起</translation>
    </message>
    <message>
        <source>write `weight[x]` for `weight[x - 1]`</source>
        <translation>把 `weight[x - 1]` 改写为 `weight[x]`</translation>
    </message>
    <message>
        <source>keeps one gradient alone of a row that was looked up several times</source>
        <translation>对多次查到的行只保留一次的梯度</translation>
    </message>
    <message>
        <source>adds up those of all its times</source>
        <translation>把每一次的梯度都加起来</translation>
    </message>
    <message>
        <source>write `np.add.at(dW, x, dout)` for `dW[x] = dout` or `dW[x] += dout`</source>
        <translation>把 `dW[x] = dout` 或 `dW[x] += dout` 改写为 `np.add.at(dW, x, dout)`</translation>
    </message>
    <message>
        <source>takes a·(1 − a) for the derivative: of each output by its own z alone</source>
        <translation>把 a·(1 − a) 当作导数：每个输出只对自己的 z</translation>
    </message>
    <message>
        <source>adds up how all outputs of a row change with each z</source>
        <translation>把一行的所有输出随每个 z 的变化相加</translation>
    </message>
    <message>
        <source>write `a * (dout - (dout * a).sum(axis=1, keepdims=True))`</source>
        <translation>写成 `a * (dout - (dout * a).sum(axis=1, keepdims=True))`</translation>
    </message>
    <message>
        <source>takes 1 − p for the derivative: of each output by its own z alone</source>
        <translation>把 1 − p 当作导数：每个输出只对自己的 z</translation>
    </message>
    <message>
        <source>write `dout - p * dout.sum(axis=1, keepdims=True)`</source>
        <translation>写成 `dout - p * dout.sum(axis=1, keepdims=True)`</translation>
    </message>
    <message>
        <source>sums what comes from behind without its share a</source>
        <translation>求和时没有给后面传来的量乘上份额 a</translation>
    </message>
    <message>
        <source>sums it times a</source>
        <translation>乘以 a 再求和</translation>
    </message>
    <message>
        <source>write `(dout * a).sum(axis=1, keepdims=True)`</source>
        <translation>写成 `(dout * a).sum(axis=1, keepdims=True)`</translation>
    </message>
    <message>
        <source>does not divide the powers of e by their sum</source>
        <translation>没有把 e 的幂除以它们的和</translation>
    </message>
    <message>
        <source>divides each by the sum of its row</source>
        <translation>各除以本行的和</translation>
    </message>
    <message>
        <source>divide by `sum(axis=1, keepdims=True)`</source>
        <translation>除以 `sum(axis=1, keepdims=True)`</translation>
    </message>
    <message>
        <source>subtracts p alone</source>
        <translation>只减去 p</translation>
    </message>
    <message>
        <source>subtracts p times the sum of what comes from behind</source>
        <translation>减去 p 乘以后面传来的量之和</translation>
    </message>
    <message>
        <source>subtracts the sum of the powers of e itself</source>
        <translation>减去了 e 的幂之和本身</translation>
    </message>
    <message>
        <source>subtracts its logarithm</source>
        <translation>减去它的对数</translation>
    </message>
    <message>
        <source>take the logarithm of the sum</source>
        <translation>对和取对数</translation>
    </message>
    <message>
        <source>takes probabilities, and their logarithm itself</source>
        <translation>接受概率，并自己取对数</translation>
    </message>
    <message>
        <source>takes log probabilities</source>
        <translation>接受对数概率</translation>
    </message>
    <message>
        <source>give it `log_softmax`, and take no logarithm in it</source>
        <translation>给它传入 `log_softmax`，其中不再取对数</translation>
    </message>
    <message>
        <source>leaves out y·ln y in the value: it is the cross entropy</source>
        <translation>值里漏掉了 y·ln y：成了交叉熵</translation>
    </message>
    <message>
        <source>has y·(ln y − a)</source>
        <translation>取 y·(ln y − a)</translation>
    </message>
    <message>
        <source>add `y * log(y)` to the value</source>
        <translation>给值加上 `y * log(y)`</translation>
    </message>
    <message>
        <source>has a − y for the gradient, which is that of logits</source>
        <translation>梯度取 a − y，那是对 logits 的梯度</translation>
    </message>
    <message>
        <source>divides it by a·(1 − a)</source>
        <translation>再除以 a·(1 − a)</translation>
    </message>
    <message>
        <source>divide by `a * (1 - a)`</source>
        <translation>除以 `a * (1 - a)`</translation>
    </message>
    <message>
        <source>takes the logarithm of the probability itself, and −100 at least</source>
        <translation>取概率本身的对数，且至少为 −100</translation>
    </message>
    <message>
        <source>write `maximum(log(p), -100)`</source>
        <translation>写成 `maximum(log(p), -100)`</translation>
    </message>
</context>
<context>
    <name>verdicts</name>
    <message>
        <source>equal bit for bit</source>
        <translation>逐位相等</translation>
    </message>
    <message>
        <source>equal within rounding</source>
        <translation>在舍入范围内相等</translation>
    </message>
    <message>
        <source>differs, even from the same inputs</source>
        <translation>不一致，即使输入相同</translation>
    </message>
    <message>
        <source>departs from torch&apos;s</source>
        <translation>偏离 torch 的值</translation>
    </message>
    <message>
        <source>not paired</source>
        <translation>未配对</translation>
    </message>
    <message>
        <source>unstable: right in exact arithmetic, but far less exact than torch</source>
        <translation>数值不稳定：精确计算时正确，但精度远低于 torch</translation>
    </message>
    <message>
        <source>NaN or infinite: there is nothing to compare</source>
        <translation>NaN 或无穷大：没有可比较的</translation>
    </message>
    <message>
        <source>torch has none</source>
        <translation>torch 中没有</translation>
    </message>
    <message>
        <source>{distance} ({count} ULP)</source>
        <translation>{distance} ({count} ULP)</translation>
    </message>
    <message>
        <source>This is no number: there is nothing to compare.</source>
        <translation>这不是数：没有可比较的。</translation>
    </message>
    <message>
        <source>No value of torch&apos;s is paired with this one.</source>
        <translation>没有 torch 的值与它配对。</translation>
    </message>
    <message>
        <source>torch has no number to lay beside this one: it computes the step without this intermediate, or keeps it to itself. What it does have is compared where it is made.</source>
        <translation>torch 没有可与之对照的数：它计算这一步时不产生这个中间量，或者不对外公开。torch 所具有的量，在其产生之处进行比较。</translation>
    </message>
</context>
<context>
    <name>verify_notes</name>
    <message>
        <source>the number of rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>the number of outputs</source>
        <translation>输出数</translation>
    </message>
    <message>
        <source>1/rows</source>
        <translation>1/行数</translation>
    </message>
    <message>
        <source>1/outputs</source>
        <translation>1/输出数</translation>
    </message>
    <message>
        <source>rows × outputs</source>
        <translation>行数 × 输出数</translation>
    </message>
    <message>
        <source>1/(rows × outputs)</source>
        <translation>1/(行数 × 输出数)</translation>
    </message>
    <message>
        <source>{number}, which is {equals}</source>
        <translation>{number}，即 {equals}</translation>
    </message>
    <message>
        <source>Its learning rate cannot be changed from outside, so this holds while the rate stays.</source>
        <translation>它的学习率无法从外部改变，因此该结论仅在学习率不变时成立。</translation>
    </message>
    <message>
        <source>It keeps one state: it was tried with an object for each parameter.</source>
        <translation>它只保留一份状态：已为每个参数各用一个对象试过。</translation>
    </message>
    <message>
        <source>It takes parameters of one shape alone.</source>
        <translation>它只接受形状相同的参数。</translation>
    </message>
    <message>
        <source>It has no derivative beside it: its values alone were judged.</source>
        <translation>它旁边没有导数：只判断了它的值。</translation>
    </message>
    <message>
        <source>Its derivative is right if given the output, f(z), and not z itself.</source>
        <translation>若传入的是输出 f(z) 而不是 z 本身，它的导数就是对的。</translation>
    </message>
    <message>
        <source>{name} is {value}, as the code has it in line {line}.</source>
        <translation>{name} 为 {value}，取自代码第 {line} 行。</translation>
    </message>
    <message>
        <source>{name} is {value}, as the code has it.</source>
        <translation>{name} 为 {value}，取自代码。</translation>
    </message>
    <message>
        <source>{name} is the code’s own {value}, line {line}: what is set does not reach it.</source>
        <translation>{name} 是代码自己的 {value}（第 {line} 行）：设置的值传不到那里。</translation>
    </message>
    <message>
        <source>{name} is the code’s own {value}: what is set does not reach it.</source>
        <translation>{name} 是代码自己的 {value}：设置的值传不到那里。</translation>
    </message>
    <message>
        <source>torch refuses these hyperparameters for {name}.</source>
        <translation>torch 的 {name} 不接受这些超参数。</translation>
    </message>
    <message>
        <source>It comes to NaN or infinity where torch does not.</source>
        <translation>它得出 NaN 或无穷大，而 torch 没有。</translation>
    </message>
    <message>
        <source>Each of its steps is torch’s times {factor}.</source>
        <translation>它的每一步都是 torch 的 {factor} 倍。</translation>
    </message>
    <message>
        <source>It computes in float32 inside a float64 run; in float32 it is torch’s.</source>
        <translation>它在 float64 的运行中用 float32 计算；在 float32 中它与 torch 一致。</translation>
    </message>
    <message>
        <source>{name} is NaN or infinite where torch’s is not.</source>
        <translation>{name} 是 NaN 或无穷大，而 torch 的不是。</translation>
    </message>
    <message>
        <source>{name} is torch’s times {factor}.</source>
        <translation>{name} 是 torch 的 {factor} 倍。</translation>
    </message>
    <message>
        <source>{name} has shape {shape}; torch’s has {other}.</source>
        <translation>{name} 的形状是 {shape}；torch 的是 {other}。</translation>
    </message>
    <message>
        <source>{name} is torch’s, transposed.</source>
        <translation>{name} 是 torch 的转置。</translation>
    </message>
    <message>
        <source>{name} is not summed over the rows: its sum is torch’s.</source>
        <translation>{name} 没有对行求和：其和与 torch 相同。</translation>
    </message>
    <message>
        <source>The loss is not averaged: its mean is torch’s.</source>
        <translation>损失没有取平均：其平均值与 torch 相同。</translation>
    </message>
</context>
<context>
    <name>views</name>
    <message>
        <source>log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>DIY</source>
        <translation>DIY</translation>
    </message>
</context>
</TS>
